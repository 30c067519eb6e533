package dev.hookferry.http.console;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventTypeFilter;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Collectors;

/**
 * An endpoint in a list.
 *
 * @param id of the endpoint
 * @param url where to
 * @param description for people
 * @param enabled whether it is not paused by itself
 * @param types what it wants
 * @param look whether it works
 * @param pain what is sorted by: the worst is the greatest
 * @param spark the last 24 hours
 * @param health as counted at this node
 * @param waiting the deliveries that wait
 * @param error the last failure in words, if it has not worked since
 */
record EndpointRow(
    String id,
    String url,
    String description,
    boolean enabled,
    String types,
    Look look,
    int pain,
    Chart spark,
    Health.Now health,
    Queue waiting,
    String error) {
  /**
   * What waits for it.
   *
   * @param count how many deliveries
   * @param oldest since when the oldest waits
   * @param next when the next attempt is due
   */
  record Queue(int count, Moment oldest, Moment next) {}

  /** The worst first; among equals the newest. */
  static final Comparator<EndpointRow> WORST_FIRST =
      Comparator.comparingInt(EndpointRow::pain).reversed();

  private static final int PAUSED = 1;

  static EndpointRow of(
      Endpoint endpoint, boolean siteSends, Waiting waiting, Activity activity, Instant now) {
    Health.Now health = activity.of(endpoint.id(), now);
    Waiting.Queue queue = waiting.of(endpoint.id());
    boolean paused = !endpoint.enabled() || !siteSends;
    boolean empty = queue.count() == 0;
    Outcome failure = health.lastFailure();
    return new EndpointRow(
        endpoint.id().toString(),
        endpoint.url().text(),
        endpoint.description(),
        endpoint.enabled(),
        types(endpoint),
        look(health, paused),
        paused ? PAUSED : health.streak() == 0 ? 0 : PAUSED + health.streak(),
        Chart.spark(health.day()),
        health,
        new Queue(
            queue.count(),
            empty ? Moment.NONE : Moment.of(queue.oldest(), now),
            empty || paused ? Moment.NONE : Moment.of(queue.next(), now)),
        failure == null ? "" : failure.detail());
  }

  static String types(Endpoint endpoint) {
    return endpoint.eventTypes().stream()
        .map(EventTypeFilter::pattern)
        .collect(Collectors.joining(", "));
  }

  private static Look look(Health.Now health, boolean paused) {
    if (paused) {
      return new Look("rest", "paused", Look.PAUSE);
    }
    if (health.streak() > 0) {
      return new Look("bad", "failing", Look.CROSS);
    }
    return health.lastSuccess() == null
        ? new Look("rest", "quiet", Look.CLOCK)
        : new Look("good", "working", Look.TICK);
  }
}
