package dev.hookferry.jdbc.log;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.jdbc.order.QueuePlace;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads pages of deliveries: pending ones from the queue and final ones, in one common order. */
final class DeliveryPages {
  /** Maximum number of matching events to list by id; beyond it, each delivery's is checked. */
  private static final int FEW_EVENTS = 500;

  /** The parameter comes first, since PostgresPageReader fences {@code site = :site}. */
  private static final String EVENT_OF_DELIVERY =
      "SELECT 1 FROM hookferry_event e WHERE :site = e.site AND e.id = event_id"
          + " AND e.accepted_at = created_at";

  /**
   * Columns as in {@link RowReader#FINAL}; {@code settled_at} is a placeholder of the right type
   * for the UNION.
   */
  private static final String PENDING =
      "site, id, event_id, type, endpoint_id, COALESCE(parked, 'pending') AS state, attempts,"
          + " created_at, COALESCE(own_due_at, due_at) AS due_at, due_at AS settled_at,"
          + " ordering_key";

  private static final String ENDED = RowReader.FINAL + ", NULL AS ordering_key";

  private static final Set<DeliveryState> OPEN =
      EnumSet.of(DeliveryState.PENDING, DeliveryState.WAITING, DeliveryState.BLOCKED);

  private static final Set<DeliveryState> ALL =
      EnumSet.copyOf(Stream.of(DeliveryState.values()).filter(DeliveryState::isFinal).toList());

  /** Sets of states with a partial index. */
  private static final List<Set<DeliveryState>> INDEXED =
      List.of(
          EnumSet.of(DeliveryState.POISONED),
          EnumSet.of(DeliveryState.EXHAUSTED, DeliveryState.CANCELLED));

  private static final Comparator<Delivery> NEWEST_FIRST =
      Comparator.comparing((Delivery delivery) -> delivery.id().toString()).reversed();

  private final Database database;
  private final RowReader reading;
  private final PageReader lists;
  private final EventPages events;

  DeliveryPages(Database database, PageReader lists, EventPages events) {
    this.database = database;
    reading = new RowReader(database.dialect());
    this.lists = lists;
    this.events = events;
  }

  Page<Delivery> page(DeliveryQuery query) {
    DeliveryId after = Cursors.read(query.page(), DeliveryId::parse);
    boolean isEmpty = query.endpoints().only() && query.endpoints().ids().isEmpty();
    List<ListPart> parts = isEmpty ? List.of() : parts(search(query, after));
    if (parts.isEmpty()) {
      return new Page<>(List.of(), null);
    }
    List<Delivery> rows =
        lists.read(parts, Cursors.rows(query.page()), reading.listed(), NEWEST_FIRST);
    return Cursors.page(rows, query.page(), delivery -> delivery.id().toString());
  }

  private Search search(DeliveryQuery query, @Nullable DeliveryId after) {
    WhereClause indexed = IdBounds.within(query.created(), after == null ? null : after.value());
    WhereClause haveFields =
        new WhereClause().exists(EVENT_OF_DELIVERY, events.haveFields(query.fields()));
    // Deliveries are indexed by acceptance time, which is cheaper than an index by event.
    if (query.event() != null) {
      // An event that does not exist is looked up like any other, so that a customer whose
      // endpoints did not get an event cannot tell from the response time whether it exists.
      Instant accepted = accepted(query.site(), query.event()).orElse(Instant.EPOCH);
      indexed
          .and("created_at = :accepted", "accepted", accepted)
          .and("event_id = :event", "event", query.event().value());
      return new Search(query, bounded(indexed, query), haveFields, true);
    }
    List<EventPages.Accepted> newest = query.fields().isEmpty() ? List.of() : withFields(query);
    if (query.fields().isEmpty() || newest.size() > FEW_EVENTS) {
      return new Search(query, bounded(indexed, query), haveFields, false);
    }
    Set<Instant> times = newest.stream().map(EventPages.Accepted::at).collect(Collectors.toSet());
    indexed
        .inList("created_at", true, "accepted", List.copyOf(times))
        .inList(
            "event_id", true, "events", newest.stream().map(EventPages.Accepted::event).toList());
    return new Search(query, bounded(indexed, query), new WhereClause(), true);
  }

  /** Returns the newest events that have the field values of a query. */
  private List<EventPages.Accepted> withFields(DeliveryQuery query) {
    EventQuery eventQuery =
        EventQuery.ofSite(query.site())
            .types(query.types())
            .fields(query.fields())
            .accepted(query.created());
    return events.newest(eventQuery, FEW_EVENTS + 1);
  }

  /** Adds the time, which also prunes partitions. */
  private static WhereClause bounded(WhereClause indexed, DeliveryQuery query) {
    return indexed.within("created_at", query.created());
  }

  /**
   * A search for the first rows of a query.
   *
   * @param indexed conditions that an index supports
   * @param others other conditions
   * @param areFew whether the deliveries belong to few events
   */
  private record Search(
      DeliveryQuery query, WhereClause indexed, WhereClause others, boolean areFew) {}

  private List<ListPart> parts(Search search) {
    DeliveryQuery query = search.query();
    List<ListPart> parts = new ArrayList<>();
    Set<DeliveryState> open = EnumSet.copyOf(OPEN);
    open.retainAll(query.states());
    if (!open.isEmpty()) {
      parts.add(
          new ListPart(
              PENDING,
              "hookferry_delivery_queue",
              query.site(),
              search.areFew() ? ListPart.Key.FEW : ListPart.Key.QUEUE,
              new WhereClause().and(search.indexed()).and(inOpenStates(open)),
              endpoints(query)
                  .typesOf(query)
                  .and(pendingEndpoints(query.pendingEndpoints()))
                  .and(search.others())));
    }
    Set<DeliveryState> finals = EnumSet.noneOf(DeliveryState.class);
    query.states().stream().filter(DeliveryState::isFinal).forEach(finals::add);
    if (!finals.isEmpty()) {
      parts.addAll(ended(search, finals));
    }
    return parts;
  }

  private List<ListPart> ended(Search search, Set<DeliveryState> finals) {
    DeliveryQuery query = search.query();
    if (finals.contains(DeliveryState.DELIVERED) && hasFewEndpoints(search)) {
      return query.endpoints().ids().stream()
          .map(id -> endedOf(search, id, remainingConditions(search, finals, ALL)))
          .toList();
    }
    return indexed(finals).stream()
        .map(
            indexed ->
                new ListPart(
                    ENDED,
                    "hookferry_delivery",
                    query.site(),
                    key(search, indexed),
                    new WhereClause().and(search.indexed()).and(inStates(indexed)),
                    endpoints(query).and(remainingConditions(search, finals, indexed))))
        .toList();
  }

  private static ListPart.Key key(Search search, Set<DeliveryState> indexed) {
    if (search.areFew()) {
      return ListPart.Key.FEW;
    }
    return indexed.equals(ALL) ? ListPart.Key.ID : ListPart.Key.FAILED;
  }

  /** Returns whether to read few endpoints one by one, since an index has each in order. */
  private boolean hasFewEndpoints(Search search) {
    EndpointScope endpoints = search.query().endpoints();
    return lists.readsOneByOne()
        && endpoints.only()
        && endpoints.ids().size() <= ListPart.MAX_ENDPOINTS
        && !search.areFew();
  }

  private static ListPart endedOf(Search search, EndpointId endpoint, WhereClause others) {
    return new ListPart(
        ENDED,
        "hookferry_delivery",
        search.query().site(),
        ListPart.Key.ENDPOINT,
        new WhereClause()
            .and(search.indexed())
            .and("endpoint_id = :endpoint", "endpoint", endpoint.value()),
        others);
  }

  private static WhereClause inOpenStates(Set<DeliveryState> open) {
    if (open.equals(OPEN)) {
      return new WhereClause();
    }
    // An index on the endpoint and this time finds such deliveries.
    Instant parked = open.size() == 1 ? QueuePlace.parked(open.iterator().next()) : null;
    if (parked != null) {
      return new WhereClause().and("due_at = :parked", "parked", parked);
    }
    String codes =
        open.stream().map(state -> "'" + state.code() + "'").collect(Collectors.joining(", "));
    return new WhereClause().and("COALESCE(parked, 'pending') IN (" + codes + ")");
  }

  private WhereClause endpoints(DeliveryQuery query) {
    return new WhereClause().inScope(query.endpoints(), "endpoints", database.dialect());
  }

  /** Returns the condition that pending deliveries are to certain endpoints. */
  private WhereClause pendingEndpoints(EndpointScope scope) {
    if (scope.ids().isEmpty()) {
      return scope.only() ? new WhereClause().and("parked IS NOT NULL") : new WhereClause();
    }
    return new WhereClause()
        .either(
            "parked IS NOT NULL",
            new WhereClause().inScope(scope, "pending_endpoints", database.dialect()));
  }

  /** Returns the smallest indexed sets that together contain these states. */
  private static List<Set<DeliveryState>> indexed(Set<DeliveryState> finals) {
    return finals.contains(DeliveryState.DELIVERED)
        ? List.of(ALL)
        : INDEXED.stream().filter(states -> !Collections.disjoint(states, finals)).toList();
  }

  /** Returns the conditions that an index of these states does not imply. */
  private static WhereClause remainingConditions(
      Search search, Set<DeliveryState> finals, Set<DeliveryState> indexed) {
    WhereClause all = new WhereClause().typesOf(search.query()).and(search.others());
    return finals.containsAll(indexed) ? all : all.and(inStates(finals));
  }

  /** Returns a condition with literals, so that the database can use a partial index. */
  private static WhereClause inStates(Set<DeliveryState> states) {
    return states.equals(ALL)
        ? new WhereClause()
        : new WhereClause()
            .and(
                states.stream()
                    .map(state -> "'" + state.code() + "'")
                    .collect(Collectors.joining(", ", "state IN (", ")")));
  }

  private Optional<Instant> accepted(SiteId site, EventId event) {
    String sql =
        """
        SELECT accepted_at FROM hookferry_event WHERE site = :site AND id = :event
        ORDER BY accepted_at DESC LIMIT 1
        """;
    return database.list(
        handle ->
            handle
                .createQuery(sql)
                .bind("site", site.value())
                .bind("event", event.value())
                .map((row, context) -> reading.time(row, "accepted_at"))
                .findOne());
  }

  Optional<Delivery> find(SiteId site, DeliveryId id) {
    String sql =
        """
        SELECT %s FROM hookferry_delivery_queue WHERE site = :site AND id = :id
        UNION ALL
        SELECT %s FROM hookferry_delivery WHERE site = :site AND id = :id
        """
            .formatted(PENDING, ENDED);
    return database.query(
        handle ->
            handle
                .createQuery(sql)
                .bind("site", site.value())
                .bind("id", id.value())
                .map(reading.listed())
                .findFirst());
  }
}
