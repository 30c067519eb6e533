package dev.hookferry.query;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.argument.NoNulls;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Query for attempts. They are ordered by id, newest first: {@code
 * AttemptQuery.ofSite(site).endpoint(id).statusCode(503)}. Immutable; each method returns a copy.
 */
public final class AttemptQuery {
  private final SiteId site;
  private final Match match;
  private final TimeWindow started;
  private final PageRequest page;

  /** Criteria that an attempt must match; null or an empty set matches any. */
  private record Match(
      @Nullable DeliveryId delivery,
      EndpointScope endpoints,
      TypeScope types,
      Set<OutcomeKind> outcomes,
      @Nullable Integer statusCode) {
    boolean holds(Attempt attempt) {
      return (delivery == null || delivery.equals(attempt.delivery()))
          && endpoints.contains(attempt.endpoint())
          && types.contains(attempt.type())
          && (outcomes.isEmpty() || outcomes.contains(attempt.outcome().kind()))
          && (statusCode == null || statusCode.equals(attempt.outcome().statusCode()));
    }
  }

  private AttemptQuery(SiteId site, Match match, TimeWindow started, PageRequest page) {
    this.site = site;
    this.match = match;
    this.started = started;
    this.page = page;
  }

  /** Returns a query for the newest 50 attempts of a site. */
  public static AttemptQuery ofSite(SiteId site) {
    Objects.requireNonNull(site, "site");
    Match any = new Match(null, EndpointScope.ALL, TypeScope.ALL, Set.of(), null);
    return new AttemptQuery(site, any, TimeWindow.ALL, PageRequest.FIRST);
  }

  private AttemptQuery match(Match match) {
    return new AttemptQuery(site, match, started, page);
  }

  /** Returns a copy for attempts of this delivery; null for any delivery. */
  public AttemptQuery delivery(@Nullable DeliveryId only) {
    return match(new Match(only, match.endpoints, match.types, match.outcomes, match.statusCode));
  }

  /** Returns a copy for attempts to this endpoint; null for any endpoint. */
  public AttemptQuery endpoint(@Nullable EndpointId only) {
    return endpoints(only == null ? EndpointScope.ALL : EndpointScope.only(Set.of(only)));
  }

  /** Returns a copy for attempts to the endpoints in this scope. */
  public AttemptQuery endpoints(EndpointScope scope) {
    Objects.requireNonNull(scope, "scope");
    return match(new Match(match.delivery, scope, match.types, match.outcomes, match.statusCode));
  }

  /** Returns a copy for attempts with this event type; null for any type. */
  public AttemptQuery type(@Nullable EventType only) {
    return types(only == null ? Set.of() : Set.of(only));
  }

  /** Returns a copy for attempts with any of these event types; an empty set for all types. */
  public AttemptQuery types(Set<EventType> any) {
    NoNulls.in(any, "any");
    return types(TypeScope.of(any));
  }

  /** Returns a copy for attempts with the event types in this scope. */
  public AttemptQuery types(TypeScope scope) {
    Objects.requireNonNull(scope, "scope");
    return match(
        new Match(match.delivery, match.endpoints, scope, match.outcomes, match.statusCode));
  }

  /** Returns a copy for attempts with this outcome; null for any outcome. */
  public AttemptQuery outcome(@Nullable OutcomeKind only) {
    return outcomes(only == null ? Set.of() : Set.of(only));
  }

  /**
   * Returns a copy for attempts with any of these outcomes, such as {@link OutcomeKind#failures()};
   * an empty set for all outcomes.
   */
  public AttemptQuery outcomes(Set<OutcomeKind> any) {
    NoNulls.in(any, "any");
    return match(
        new Match(match.delivery, match.endpoints, match.types, Set.copyOf(any), match.statusCode));
  }

  /**
   * Returns a copy for attempts with this HTTP status; null for all attempts, even without a
   * response.
   */
  public AttemptQuery statusCode(@Nullable Integer only) {
    return match(new Match(match.delivery, match.endpoints, match.types, match.outcomes, only));
  }

  /** Returns a copy for attempts started in this time window. */
  public AttemptQuery started(TimeWindow when) {
    Objects.requireNonNull(when, "when");
    return new AttemptQuery(site, match, when, page);
  }

  /** Returns a copy for this page. */
  public AttemptQuery page(PageRequest part) {
    Objects.requireNonNull(part, "part");
    return new AttemptQuery(site, match, started, part);
  }

  /**
   * Returns a copy for pages of this size: 1 to 500 entries.
   *
   * @throws dev.hookferry.refusal.InvalidException if the size is out of bounds
   */
  public AttemptQuery limit(int max) {
    return page(PageRequest.of(max).after(page.cursor()));
  }

  /** Returns a copy for the page at a cursor: {@link Page#next}, or null for the first page. */
  public AttemptQuery after(@Nullable String next) {
    return page(page.after(next));
  }

  /** Returns the site to search. */
  public SiteId site() {
    return site;
  }

  /** Returns the delivery, or null for all. */
  public @Nullable DeliveryId delivery() {
    return match.delivery;
  }

  /** Returns the endpoints to match. */
  public EndpointScope endpoints() {
    return match.endpoints;
  }

  /**
   * Returns the endpoint if the query names exactly one, otherwise null; see {@link #endpoints()}.
   */
  public @Nullable EndpointId endpoint() {
    Set<EndpointId> ids = match.endpoints.ids();
    return match.endpoints.only() && ids.size() == 1 ? ids.iterator().next() : null;
  }

  /** Returns the event types to match. */
  public TypeScope types() {
    return match.types;
  }

  /** Returns the outcomes to match; empty for all. */
  public Set<OutcomeKind> outcomes() {
    return match.outcomes;
  }

  /** Returns the HTTP status, or null for all. */
  public @Nullable Integer statusCode() {
    return match.statusCode;
  }

  /** Returns the time window in which the attempts were started. */
  public TimeWindow started() {
    return started;
  }

  /** Returns the page to fetch. */
  public PageRequest page() {
    return page;
  }

  /** Returns whether an attempt matches this query; for stores that filter in memory. */
  public boolean matches(Attempt attempt) {
    Objects.requireNonNull(attempt, "attempt");
    return attempt.site().equals(site)
        && match.holds(attempt)
        && started.contains(attempt.startedAt());
  }

  @Override
  public String toString() {
    return "attempts of " + site + ": " + match + ", started " + started + ", page " + page;
  }
}
