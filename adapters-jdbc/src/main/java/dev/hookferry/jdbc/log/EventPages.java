package dev.hookferry.jdbc.log;

import dev.hookferry.event.Event;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.LabelLines;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageBytes;
import dev.hookferry.query.PageRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.mapper.RowMapper;

/** Reads pages of events, in order of acceptance. */
final class EventPages {
  private static final Comparator<Place> NEWEST_FIRST =
      Comparator.comparing(Place::acceptedAt).thenComparing(Place::seq).reversed();

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

  /**
   * Position of an event in the list. The event's id does not determine it, since producers may
   * choose ids.
   */
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

  private record Found(String id, Place place, int bytes) {}

  /** The id of an event, and when it was accepted. */
  record Accepted(String event, Instant at) {}

  /** The columns to read of events, and the order of the results. */
  private record Reading<T>(String columns, RowMapper<T> mapper, Comparator<T> newestFirst) {}

  /** Events that are read before fields are looked up in their table. */
  static final int NEWEST = 2_000;

  private static final String JOIN =
      """
      (SELECT event_id AS field_event, accepted_at AS field_time, hash AS field_hash
       FROM hookferry_event_field WHERE site = :site AND hash = :hash) f
      JOIN hookferry_event ON id = field_event AND accepted_at = field_time
      """;

  /** Finds the events of a page first, and then reads the payloads of those that fit on it. */
  Page<Event> page(EventQuery query) {
    Reading<Found> found =
        new Reading<>(
            "id, accepted_at, seq, OCTET_LENGTH(payload) AS payload_bytes",
            (row, context) ->
                new Found(
                    row.getString("id"),
                    new Place(reading.time(row, "accepted_at"), row.getLong("seq")),
                    row.getInt("payload_bytes")),
            Comparator.comparing(Found::place, NEWEST_FIRST));
    List<Found> rows = new Search<>(query, found, Cursors.rows(query.page())).find();
    PageRequest fitting = PageRequest.of(Math.min(query.page().limit(), fitting(rows)));
    Page<Found> page = Cursors.page(rows, fitting, row -> row.place().toString());
    Map<Place, Event> events = events(query.site(), page.data());
    return new Page<>(
        page.data().stream()
            // Retention may have removed the last ones in the meantime.
            .filter(row -> events.containsKey(row.place()))
            .map(row -> events.get(row.place()))
            .toList(),
        page.next());
  }

  /** Returns how many events fit into the size limit of a page, at least 1. */
  private static int fitting(List<Found> rows) {
    PageBytes bytes = new PageBytes();
    long fitting = rows.stream().takeWhile(row -> bytes.fits(row.bytes())).count();
    return Math.max(1, (int) fitting);
  }

  private Map<Place, Event> events(SiteId site, List<Found> rows) {
    if (rows.isEmpty()) {
      return Map.of();
    }
    String sql =
        """
        SELECT %s, seq FROM hookferry_event
        WHERE site = :site AND id IN (<ids>) AND accepted_at BETWEEN :oldest AND :newest
        """
            .formatted(RowReader.EVENT);
    RowMapper<Event> mapper = reading.event();
    Map<Place, Event> events = new HashMap<>();
    return database.query(
        handle -> {
          handle
              .createQuery(sql)
              .bind("site", site.value())
              .bindList("ids", rows.stream().map(Found::id).distinct().toList())
              .bind("oldest", rows.get(rows.size() - 1).place().acceptedAt())
              .bind("newest", rows.get(0).place().acceptedAt())
              .map(
                  (row, context) -> {
                    Event event = mapper.map(row, context);
                    return Map.entry(new Place(event.acceptedAt(), row.getLong("seq")), event);
                  })
              .forEach(one -> events.put(one.getKey(), one.getValue()));
          return events;
        });
  }

  /**
   * Returns the newest events that a query matches.
   *
   * @param max the maximum number to return
   */
  List<Accepted> newest(EventQuery query, int max) {
    Reading<Accepted> ids =
        new Reading<>(
            "id, accepted_at",
            (row, context) -> new Accepted(row.getString("id"), reading.time(row, "accepted_at")),
            Comparator.comparing(Accepted::at).reversed());
    return new Search<>(query, ids, max).find();
  }

  private static ListPart.Key key(EventQuery query) {
    boolean hasLines = !query.labels().isEmpty() || !query.fields().isEmpty();
    return hasLines ? ListPart.Key.LINES : ListPart.Key.ACCEPTED;
  }

  /** A search for the first rows of a query. */
  private final class Search<T> {
    private final EventQuery query;
    private final Reading<T> reads;
    private final int rows;

    Search(EventQuery query, Reading<T> reads, int rows) {
      this.query = query;
      this.reads = reads;
      this.rows = rows;
    }

    List<T> find() {
      Place after = Cursors.read(query.page(), Place::parse);
      WhereClause indexed = new WhereClause().within("accepted_at", query.accepted());
      if (after != null) {
        indexed
            .and("accepted_at <= :at", "at", after.acceptedAt())
            .and("(accepted_at < :at OR seq < :seq)", "seq", after.seq());
      }
      WhereClause others = new WhereClause().types(query.types());
      query
          .labels()
          .forEach((name, value) -> hasLine(others, "label", LabelLines.line(name, value)));
      others.and(haveFields(query.fields()));
      ListPart part =
          new ListPart(
              reads.columns(), "hookferry_event", query.site(), key(query), indexed, others);
      boolean isLookup = !query.fields().isEmpty() && database.dialect().hasFieldTable();
      return isLookup ? lookUp(part) : read(part);
    }

    private List<T> read(ListPart part) {
      return lists.read(List.of(part), rows, reads.mapper(), reads.newestFirst());
    }

    /**
     * Reads events by search fields in a database that has a table for them. Scans the newest
     * events first, since they fill the page if the values are frequent; otherwise the table finds
     * rare ones.
     */
    private List<T> lookUp(ListPart part) {
      Instant floor = floor(part).orElse(null);
      List<T> found = read(part.from(floor));
      if (floor == null || found.size() == rows) {
        return found;
      }
      Map.Entry<String, String> field = query.fields().entrySet().iterator().next();
      long hash = LabelLines.hash(LabelLines.fieldLine(field.getKey(), field.getValue()));
      return read(part.joined(JOIN, hash, database.dialect().joinInOrder()));
    }
  }

  /** Returns the condition that events have these values of fields. */
  WhereClause haveFields(Map<String, String> fields) {
    WhereClause all = new WhereClause();
    fields.forEach((name, value) -> hasLine(all, "field", LabelLines.fieldLine(name, value)));
    return all;
  }

  private void hasLine(WhereClause all, String kind, String line) {
    String name = kind + all.size();
    all.and(database.dialect().hasLine("labels", name), name, line);
  }

  /**
   * Returns the acceptance time of the first event after the {@link #newest} ones; empty if there
   * is none.
   */
  private Optional<Instant> floor(ListPart part) {
    WhereClause indexed =
        new WhereClause().and("site = :site", "site", part.site().value()).and(part.indexed());
    String sql =
        "SELECT accepted_at FROM hookferry_event WHERE %s ORDER BY %s LIMIT 1 OFFSET %d"
            .formatted(indexed.sql(), part.key().indexOrder(), newest);
    return database.query(
        handle ->
            indexed
                .bindTo(handle.createQuery(sql))
                .map((row, context) -> reading.time(row, "accepted_at"))
                .findOne());
  }

  Optional<Event> find(SiteId site, EventId id) {
    String sql =
        """
        SELECT %s FROM hookferry_event WHERE site = :site AND id = :id
        ORDER BY accepted_at DESC LIMIT 1
        """
            .formatted(RowReader.EVENT);
    return database.query(
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
        database.query(
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
