package dev.hookferry.http.console.portal.figures;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Undelivered;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.retry.RetrySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The failed and unfinished deliveries to a customer's endpoints, as far back as retention allows.
 * Read once per page: for each endpoint, up to 1,000 failed and 1,000 unfinished ones. If there are
 * too many in total, only the first 20 endpoints are counted separately, and the others share one
 * such limit.
 */
public final class CustomerBacklog {
  /**
   * Maximum number of endpoints that are counted separately if there are too many deliveries in
   * total.
   */
  static final int MAX_APART = 20;

  private final OpenBacklog shared;
  private final Map<EndpointId, OpenBacklog> apart = new HashMap<>();
  private final List<OpenBacklog> all;
  private final FailedBacklog failed;

  /**
   * Reads the deliveries. Blocks.
   *
   * @param query the site, and the endpoint if there is only one
   * @param endpoints the endpoints
   * @param list returns the deliveries that match a query and belong to the customer
   */
  public CustomerBacklog(
      DeliveryQuery query,
      Collection<Endpoint> endpoints,
      Function<DeliveryQuery, Page<Delivery>> list) {
    shared = OpenBacklog.of(query, endpoints, list);
    if (shared.isCut() && endpoints.size() > 1) {
      // Largest first: for the others, only older deliveries can be missing.
      endpoints.stream()
          .sorted(Comparator.comparing(one -> -shared.of(one.id()).size()))
          .limit(MAX_APART)
          .forEach(
              one ->
                  apart.put(
                      one.id(), OpenBacklog.of(query.endpoint(one.id()), List.of(one), list)));
    }
    List<OpenBacklog> parts = new ArrayList<>(apart.values());
    parts.add(shared.without(apart.keySet()));
    all = endpoints.size() == apart.size() ? List.copyOf(apart.values()) : parts;
    failed = new FailedBacklog(query, endpoints.stream().map(Endpoint::id).toList(), list);
  }

  private OpenBacklog part(EndpointId endpoint) {
    return apart.getOrDefault(endpoint, shared);
  }

  /** Returns how many deliveries to an endpoint have failed. */
  public MatchCount failed(EndpointId endpoint) {
    return failed.of(endpoint);
  }

  /**
   * Returns the failed deliveries to an endpoint, or the newest ones if there are more than 1,000.
   */
  List<Delivery> failedTo(EndpointId endpoint) {
    return failed.to(endpoint).data();
  }

  /** Returns how many deliveries have failed, for all endpoints together. */
  public MatchCount failed() {
    Page<Delivery> all = failed.since(Instant.MIN);
    return new MatchCount(all.data().size(), all.next() != null);
  }

  /**
   * Returns the failed deliveries since a time; only the newest if an endpoint has more than 1,000.
   */
  public Page<Delivery> failedSince(Instant time) {
    return failed.since(time);
  }

  /** Returns the unfinished deliveries to an endpoint. */
  List<Delivery> open(EndpointId endpoint) {
    return part(endpoint).of(endpoint);
  }

  /**
   * Returns the unfinished deliveries in a state since a time, without tests; only the newest if
   * there are more than are counted.
   */
  public List<Delivery> openSince(Instant time, DeliveryState state) {
    return all.stream().flatMap(part -> part.since(time, state)).toList();
  }

  /**
   * Returns whether there may be more unfinished deliveries in a state, since a time, than are
   * listed.
   */
  public boolean isCut(Instant time, DeliveryState state) {
    return all.stream().anyMatch(part -> part.isCut(time, state));
  }

  /** Returns when the next attempt to an endpoint is made; null if nothing is pending. */
  public @Nullable Instant next(EndpointId endpoint, EndpointHealth health) {
    Instant due = undelivered(endpoint).nextDue();
    Instant until = health.until();
    return due != null && until != null && until.isAfter(due) ? until : due;
  }

  /**
   * Returns when the last automatic retry of a pending delivery to an endpoint is made, without
   * jitter: the earliest such time of all that have failed so far; null if none of them has a retry
   * left.
   */
  public @Nullable Instant retriedUntil(EndpointId endpoint, RetrySettings retry) {
    // By number of attempts made: the time from the next attempt to the last.
    Duration[] rest = new Duration[retry.maxRetries() + 1];
    rest[retry.maxRetries()] = Duration.ZERO;
    for (int attempt = retry.maxRetries(); attempt > 0; attempt--) {
      rest[attempt - 1] = rest[attempt].plus(retry.delayAfter(attempt));
    }
    return open(endpoint).stream()
        .filter(one -> one.state() == DeliveryState.PENDING && one.attempts() > 0)
        // Only manual retries exceed that number of attempts.
        .filter(one -> one.attempts() <= retry.maxRetries())
        .map(one -> one.dueAt().plus(rest[one.attempts()]))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Returns the numbers of unfinished deliveries to an endpoint. */
  public Undelivered undelivered(EndpointId endpoint) {
    return part(endpoint).counts().of(endpoint);
  }
}
