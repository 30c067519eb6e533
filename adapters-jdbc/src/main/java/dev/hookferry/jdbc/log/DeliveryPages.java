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

/** Reads pages of deliveries: pending ones from the queue and final ones, in one order. */
final class DeliveryPages {
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

  DeliveryPages(Database database, PageReader lists) {
    this.database = database;
    reading = new RowReader(database.dialect());
    this.lists = lists;
  }

  Page<Delivery> page(DeliveryQuery query) {
    DeliveryId after = Cursors.read(query.page(), DeliveryId::parse);
    boolean isNothing = query.endpoints().only() && query.endpoints().ids().isEmpty();
    List<ListPart> parts = isNothing ? List.of() : parts(query, after);
    if (parts.isEmpty()) {
      return new Page<>(List.of(), null);
    }
    List<Delivery> rows =
        lists.read(parts, Cursors.rows(query.page()), reading.listed(), NEWEST_FIRST);
    return Cursors.page(rows, query.page(), delivery -> delivery.id().toString());
  }

  private List<ListPart> parts(DeliveryQuery query, @Nullable DeliveryId after) {
    WhereClause along = IdBounds.within(query.created(), after == null ? null : after.value());
    if (query.event() != null) {
      // An event that does not exist is looked for like any other, so that a customer whose
      // endpoints did not get an event cannot tell by the time whether there is one.
      Instant accepted = accepted(query.site(), query.event()).orElse(Instant.EPOCH);
      // Deliveries are indexed by acceptance time, which is cheaper than an index by event.
      along
          .and("created_at = :accepted", "accepted", accepted)
          .and("event_id = :event", "event", query.event().value());
    }
    // This condition also prunes partitions.
    along.within("created_at", query.created());
    List<ListPart> parts = new ArrayList<>();
    Set<DeliveryState> open = EnumSet.copyOf(OPEN);
    open.retainAll(query.states());
    if (!open.isEmpty()) {
      parts.add(
          new ListPart(
              PENDING,
              "hookferry_delivery_queue",
              query.site(),
              query.event() != null ? ListPart.Key.FEW : ListPart.Key.QUEUE,
              new WhereClause().and(along).and(inOpenStates(open)),
              filterConditions(query).and(pendingEndpoints(query.pendingEndpoints()))));
    }
    Set<DeliveryState> finals = EnumSet.noneOf(DeliveryState.class);
    query.states().stream().filter(DeliveryState::isFinal).forEach(finals::add);
    if (!finals.isEmpty()) {
      parts.addAll(ended(query, finals, along));
    }
    return parts;
  }

  private List<ListPart> ended(DeliveryQuery query, Set<DeliveryState> finals, WhereClause along) {
    if (finals.contains(DeliveryState.DELIVERED) && isOfFewEndpoints(query)) {
      return query.endpoints().ids().stream()
          .map(id -> endedOf(query, id, along, besides(query, finals, ALL)))
          .toList();
    }
    return indexed(finals).stream()
        .map(
            indexed ->
                new ListPart(
                    ENDED,
                    "hookferry_delivery",
                    query.site(),
                    key(query, indexed),
                    new WhereClause().and(along).and(inStates(indexed)),
                    endpoints(query).and(besides(query, finals, indexed))))
        .toList();
  }

  private static ListPart.Key key(DeliveryQuery query, Set<DeliveryState> indexed) {
    if (query.event() != null) {
      return ListPart.Key.FEW;
    }
    return indexed.equals(ALL) ? ListPart.Key.ID : ListPart.Key.FAILED;
  }

  /** Few endpoints are read one by one, since an index has the deliveries to each in order. */
  private boolean isOfFewEndpoints(DeliveryQuery query) {
    return lists.readsOneByOne()
        && query.endpoints().only()
        && query.endpoints().ids().size() <= ListPart.MOST_ENDPOINTS
        && query.event() == null;
  }

  private static ListPart endedOf(
      DeliveryQuery query, EndpointId endpoint, WhereClause along, WhereClause besides) {
    return new ListPart(
        ENDED,
        "hookferry_delivery",
        query.site(),
        ListPart.Key.ENDPOINT,
        new WhereClause().and(along).and("endpoint_id = :endpoint", "endpoint", endpoint.value()),
        besides);
  }

  private static WhereClause inOpenStates(Set<DeliveryState> open) {
    if (open.equals(OPEN)) {
      return new WhereClause();
    }
    if (open.equals(EnumSet.of(DeliveryState.BLOCKED))) {
      // An index on the endpoint and this time finds them.
      return new WhereClause().and("due_at = :blocked", "blocked", QueuePlace.BLOCKED);
    }
    return new WhereClause()
        .and(
            open.stream()
                .map(state -> "'" + state.code() + "'")
                .collect(Collectors.joining(", ", "COALESCE(parked, 'pending') IN (", ")")));
  }

  private WhereClause filterConditions(DeliveryQuery query) {
    return endpoints(query).types(query.types());
  }

  private WhereClause endpoints(DeliveryQuery query) {
    return new WhereClause().inScope(query.endpoints(), "endpoints", database.dialect());
  }

  /** Returns the condition for pending deliveries to some endpoints only. */
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

  /** Returns the conditions on type and state that an index of these states does not imply. */
  private static WhereClause besides(
      DeliveryQuery query, Set<DeliveryState> finals, Set<DeliveryState> indexed) {
    WhereClause types = new WhereClause().types(query.types());
    return finals.containsAll(indexed) ? types : types.and(inStates(finals));
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
    return database.look(
        handle ->
            handle
                .createQuery(sql)
                .bind("site", site.value())
                .bind("id", id.value())
                .map(reading.listed())
                .findFirst());
  }
}
