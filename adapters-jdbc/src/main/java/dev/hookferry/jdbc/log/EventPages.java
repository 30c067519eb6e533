package dev.hookferry.jdbc.log;

import dev.hookferry.event.Event;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.LabelLines;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads pages of events, in the order of acceptance. */
final class EventPages {
  private final Database database;
  private final RowReader reading;
  private final PageReader lists;
  private final int newest;

  /**
   * Creates a reader.
   *
   * @param newest events that are read before fields are looked up in their table
   */
  EventPages(Database database, PageReader lists, int newest) {
    this.database = database;
    this.lists = lists;
    this.newest = newest;
    reading = new RowReader(database.dialect());
  }

  /** Position of an event in the list. Its id does not tell, since producers may choose ids. */
  private record Place(Instant acceptedAt, long seq) {
    private static final Pattern FORM = Pattern.compile("ev-([0-9]{1,15})-([0-9]{1,18})");

    static Place parse(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(text);
      }
      return new Place(
          Instant.ofEpochMilli(Long.parseLong(matcher.group(1))), Long.parseLong(matcher.group(2)));
    }

    @Override
    public String toString() {
      return "ev-" + acceptedAt.toEpochMilli() + "-" + seq;
    }
  }

  private record Placed(Event event, Place place) {}

  private static final String COLUMNS = RowReader.EVENT + ", seq";

  /** Events that are read before fields are looked up in their table. */
  static final int NEWEST = 2_000;

  private static final String JOIN =
      """
      (SELECT event_id AS field_event, accepted_at AS field_time, hash AS field_hash
       FROM hookferry_event_field WHERE site = :site AND hash = :hash) f
      JOIN hookferry_event ON id = field_event AND accepted_at = field_time
      """;

  private static final Comparator<Placed> NEWEST_FIRST =
      Comparator.comparing((Placed placed) -> placed.place().acceptedAt())
          .thenComparing(placed -> placed.place().seq())
          .reversed();

  Page<Event> page(EventQuery query) {
    Place after = Cursors.read(query.page(), Place::parse);
    WhereClause along = new WhereClause().within("accepted_at", query.accepted());
    if (after != null) {
      along
          .and("accepted_at <= :at", "at", after.acceptedAt())
          .and("(accepted_at < :at OR seq < :seq)", "seq", after.seq());
    }
    WhereClause besides = new WhereClause().types(query.types());
    query.labels().forEach((name, value) -> hasLine(besides, LabelLines.line(name, value)));
    query.fields().forEach((name, value) -> hasLine(besides, LabelLines.fieldLine(name, value)));
    ListPart part =
        new ListPart(COLUMNS, "hookferry_event", query.site(), key(query), along, besides);
    boolean isLookup = !query.fields().isEmpty() && database.dialect().hasFieldTable();
    List<Placed> rows = isLookup ? lookUp(part, query) : read(part, query);
    return Cursors.page(rows, query.page(), placed -> placed.place().toString()).map(Placed::event);
  }

  private static ListPart.Key key(EventQuery query) {
    boolean hasLines = !query.labels().isEmpty() || !query.fields().isEmpty();
    return hasLines ? ListPart.Key.LINES : ListPart.Key.ACCEPTED;
  }

  private List<Placed> read(ListPart part, EventQuery query) {
    return lists.read(
        List.of(part),
        Cursors.rows(query.page()),
        (row, context) -> {
          Event event = reading.event().map(row, context);
          return new Placed(event, new Place(event.acceptedAt(), row.getLong("seq")));
        },
        NEWEST_FIRST);
  }

  /**
   * Reads events with values of search fields where these have a table of their own: first among
   * the newest events, where frequent values fill the page, then by that table, which finds few.
   */
  private List<Placed> lookUp(ListPart part, EventQuery query) {
    Instant floor = floor(part).orElse(null);
    List<Placed> found = read(part.from(floor), query);
    if (floor == null || found.size() == Cursors.rows(query.page())) {
      return found;
    }
    Map.Entry<String, String> field = query.fields().entrySet().iterator().next();
    long hash = LabelLines.hash(LabelLines.fieldLine(field.getKey(), field.getValue()));
    return read(part.joined(JOIN, hash, database.dialect().joinInOrder()), query);
  }

  /** Returns the time of the last of the newest events; empty if there are fewer. */
  private Optional<Instant> floor(ListPart part) {
    WhereClause along =
        new WhereClause().and("site = :site", "site", part.site().value()).and(part.along());
    String sql =
        "SELECT accepted_at FROM hookferry_event WHERE %s ORDER BY %s LIMIT 1 OFFSET %d"
            .formatted(along.sql(), part.key().indexOrder(), newest);
    return database.look(
        handle ->
            along
                .bindTo(handle.createQuery(sql))
                .map((row, context) -> reading.time(row, "accepted_at"))
                .findOne());
  }

  private void hasLine(WhereClause besides, String line) {
    String name = "line" + besides.size();
    besides.and(database.dialect().hasLine("labels", name), name, line);
  }

  Optional<Event> find(SiteId site, EventId id) {
    String sql =
        """
        SELECT %s FROM hookferry_event WHERE site = :site AND id = :id
        ORDER BY accepted_at DESC LIMIT 1
        """
            .formatted(RowReader.EVENT);
    return database.look(
        handle ->
            handle
                .createQuery(sql)
                .bind("site", site.value())
                .bind("id", id.value())
                .map(reading.event())
                .findOne());
  }

  /** Finds an event by its idempotency key. */
  Optional<Event> find(SiteId site, String key) {
    String sql =
        """
        SELECT event_id FROM hookferry_event_id WHERE site = :site AND idempotency_key = :key
        """;
    Optional<String> id =
        database.look(
            handle ->
                handle
                    .createQuery(sql)
                    .bind("site", site.value())
                    .bind("key", key)
                    .mapTo(String.class)
                    .findOne());
    return id.flatMap(found -> find(site, new EventId(found)));
  }
}
