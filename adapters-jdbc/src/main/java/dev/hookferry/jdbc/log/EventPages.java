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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads pages of events, in the order of acceptance. */
final class EventPages {
  private final Database database;
  private final RowReader reading;
  private final PageReader lists;

  EventPages(Database database, PageReader lists) {
    this.database = database;
    this.lists = lists;
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
    WhereClause besides =
        new WhereClause()
            .and("type = :type", "type", query.type() == null ? null : query.type().name());
    query.labels().forEach((name, value) -> hasLine(besides, LabelLines.line(name, value)));
    query.fields().forEach((name, value) -> hasLine(besides, LabelLines.fieldLine(name, value)));
    ListPart part =
        new ListPart(
            COLUMNS, "hookferry_event", query.site(), ListPart.Key.ACCEPTED, along, besides);
    List<Placed> rows =
        lists.read(
            List.of(part),
            Cursors.rows(query.page()),
            (row, context) -> {
              Event event = reading.event().map(row, context);
              return new Placed(event, new Place(event.acceptedAt(), row.getLong("seq")));
            },
            NEWEST_FIRST);
    return Cursors.page(rows, query.page(), placed -> placed.place().toString()).map(Placed::event);
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
