package dev.hookferry.replay;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.SearchFields;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.internal.argument.StorableTimes;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries that a replay sends: {@code ReplayWindow.since(yesterday).endpoint(id)}. Covers
 * failed deliveries unless other states are named. Immutable; each method returns a copy and checks
 * its argument immediately.
 */
public final class ReplayWindow {
  /** Failed deliveries: the default of every replay. */
  public static final Set<DeliveryState> FAILED =
      checked(Set.of(DeliveryState.EXHAUSTED, DeliveryState.POISONED));

  /** All final states, including delivered. */
  public static final Set<DeliveryState> ENDED =
      checked(
          Set.of(
              DeliveryState.DELIVERED,
              DeliveryState.EXHAUSTED,
              DeliveryState.CANCELLED,
              DeliveryState.POISONED));

  /** Deliveries that wait for their next attempt; a replay retries them immediately. */
  public static final Set<DeliveryState> PENDING = checked(Set.of(DeliveryState.PENDING));

  private final Instant since;
  private final @Nullable Instant until;
  private final Criteria criteria;
  private final Map<String, String> fields;
  private final boolean missing;

  /** Criteria in addition to the time; null or an empty set of types matches any. */
  private record Criteria(
      @Nullable EndpointId endpoint,
      Set<EventType> types,
      @Nullable EventId event,
      @Nullable Integer statusCode,
      Set<DeliveryState> statuses) {}

  private ReplayWindow(
      Instant since,
      @Nullable Instant until,
      Criteria criteria,
      Map<String, String> fields,
      boolean missing) {
    this.since = since;
    this.until = until;
    this.criteria = criteria;
    this.fields = fields;
    this.missing = missing;
  }

  /**
   * Returns the window of the failed deliveries created at this time or later.
   *
   * @param start a time in the years 1 to 9999
   * @throws InvalidException if the time is outside those years
   */
  public static ReplayWindow since(Instant start) {
    Instant since = StorableTimes.checked("since", start, "start");
    Criteria failed = new Criteria(null, Set.of(), null, null, FAILED);
    return new ReplayWindow(since, null, failed, Map.of(), false);
  }

  private ReplayWindow with(Criteria criteria) {
    return new ReplayWindow(since, until, criteria, fields, missing);
  }

  /**
   * Returns a copy for deliveries created before this time; null for the start of the replay.
   *
   * @throws InvalidException if the window starts after this time, or the time is not in the years
   *     1 to 9999
   */
  public ReplayWindow until(@Nullable Instant end) {
    var unused = TimeWindow.ALL.since(since).until(end);
    return new ReplayWindow(since, end, criteria, fields, missing);
  }

  /** Returns a copy for deliveries to this endpoint; null for any endpoint. */
  public ReplayWindow endpoint(@Nullable EndpointId only) {
    return with(
        new Criteria(only, criteria.types, criteria.event, criteria.statusCode, criteria.statuses));
  }

  /** Returns a copy for deliveries of this event type; null for any type. */
  public ReplayWindow type(@Nullable EventType only) {
    return types(only == null ? Set.of() : Set.of(only));
  }

  /** Returns a copy for deliveries of any of these event types; an empty set for all types. */
  public ReplayWindow types(Set<EventType> any) {
    NoNulls.in(any, "any");
    return with(
        new Criteria(
            criteria.endpoint,
            Set.copyOf(any),
            criteria.event,
            criteria.statusCode,
            criteria.statuses));
  }

  /** Returns a copy for deliveries of this event; null for any event. */
  public ReplayWindow event(@Nullable EventId only) {
    return with(
        new Criteria(
            criteria.endpoint, criteria.types, only, criteria.statusCode, criteria.statuses));
  }

  /**
   * Returns a copy for deliveries whose last response has this HTTP status when the replay reaches
   * them; null for all deliveries, even without a response.
   */
  public ReplayWindow statusCode(@Nullable Integer only) {
    return with(
        new Criteria(criteria.endpoint, criteria.types, criteria.event, only, criteria.statuses));
  }

  /**
   * Returns a copy for deliveries of events with these values in their data fields, by field name;
   * an empty map for all events. The fields must be search fields of the site when the replay
   * starts.
   *
   * @throws InvalidException if no event can have such fields
   */
  public ReplayWindow fields(Map<String, String> all) {
    NoNulls.in(all, "all");
    return new ReplayWindow(since, until, criteria, SearchFields.forQuery(all), missing);
  }

  /**
   * Returns a copy for deliveries in any of these states: {@link #FAILED} by default, {@link
   * #ENDED} to include delivered and cancelled ones, {@link #PENDING} for those that wait for a
   * retry.
   *
   * @throws InvalidException if the set is empty or contains a state that is neither final nor
   *     pending
   */
  public ReplayWindow statuses(Set<DeliveryState> any) {
    NoNulls.in(any, "any");
    return with(
        new Criteria(
            criteria.endpoint, criteria.types, criteria.event, criteria.statusCode, checked(any)));
  }

  /**
   * Returns a copy for missed events if true, or for past deliveries if false. Missed events are
   * those that have no delivery to the endpoint but would be routed to it if published now, such as
   * events accepted before the endpoint was created. Statuses are ignored for such a window. The
   * window must name the endpoint, but neither an event nor an HTTP status.
   */
  public ReplayWindow missing(boolean isMissing) {
    return new ReplayWindow(since, until, criteria, fields, isMissing);
  }

  private static Set<DeliveryState> checked(Set<DeliveryState> statuses) {
    if (statuses.isEmpty()
        || !statuses.stream()
            .allMatch(state -> state.isFinal() || state == DeliveryState.PENDING)) {
      throw InvalidException.of(
          "statuses", "must name pending, delivered, exhausted, cancelled or poisoned");
    }
    return Collections.unmodifiableSet(EnumSet.copyOf(statuses));
  }

  /** Returns the start, inclusive. */
  public Instant since() {
    return since;
  }

  /** Returns the end, exclusive, or null for the start of the replay. */
  public @Nullable Instant until() {
    return until;
  }

  /** Returns the endpoint, or null for all. */
  public @Nullable EndpointId endpoint() {
    return criteria.endpoint;
  }

  /** Returns the event types; empty for all. */
  public Set<EventType> types() {
    return criteria.types;
  }

  /** Returns the event, or null for all. */
  public @Nullable EventId event() {
    return criteria.event;
  }

  /** Returns the HTTP status of the last response, or null for all. */
  public @Nullable Integer statusCode() {
    return criteria.statusCode;
  }

  /** Returns the required values of data fields, by field name; empty for all events. */
  public Map<String, String> fields() {
    return fields;
  }

  /** Returns the states, in declaration order. */
  public Set<DeliveryState> statuses() {
    return criteria.statuses;
  }

  /** Returns whether the window covers missed events, which have no delivery to the endpoint. */
  public boolean missing() {
    return missing;
  }

  /** Returns the codes of the states, separated by commas. */
  public String codes() {
    return criteria.statuses.stream().map(DeliveryState::code).collect(Collectors.joining(","));
  }

  /** Returns the names of the event types, sorted and separated by commas. */
  public String typeNames() {
    return criteria.types.stream().map(EventType::name).sorted().collect(Collectors.joining(","));
  }

  /** Returns the time window in which the deliveries were created. */
  public TimeWindow created() {
    return TimeWindow.ALL.since(since).until(until);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReplayWindow window
        && since.equals(window.since)
        && Objects.equals(until, window.until)
        && criteria.equals(window.criteria)
        && fields.equals(window.fields)
        && missing == window.missing;
  }

  @Override
  public int hashCode() {
    return Objects.hash(since, until, criteria, fields, missing);
  }

  @Override
  public String toString() {
    return created()
        + ", "
        + criteria
        + (fields.isEmpty() ? "" : ", fields " + fields)
        + (missing ? ", missing" : "");
  }
}
