package dev.hookferry.http.console.endpoints;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.http.console.activity.Chart;
import dev.hookferry.http.console.activity.EndpointActivity;
import dev.hookferry.http.console.activity.FailureShare;
import dev.hookferry.http.console.deliveries.WaitingDeliveries;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.text.DisplayTime;
import dev.hookferry.observe.EndpointState;
import java.time.Instant;
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
 * @param spark the last 24 hours
 * @param health as counted
 * @param waiting the deliveries that wait
 * @param error the last failure in words, if it has not worked since
 * @param reason why it is not working, or an empty text
 * @param share how many of its deliveries failed
 */
public record EndpointRow(
    String id,
    String url,
    String description,
    boolean enabled,
    String types,
    StatePill look,
    Chart spark,
    EndpointActivity.Now health,
    Queue waiting,
    String error,
    String reason,
    FailureShare share) {
  /**
   * What waits for it.
   *
   * @param count how many deliveries
   * @param oldest since when the oldest waits
   * @param next when the next attempt is due
   */
  public record Queue(int count, DisplayTime oldest, DisplayTime next) {}

  private static final int PAUSED = 1;
  private static final int WORST = 1_000_000;

  static EndpointRow of(Endpoint endpoint, EndpointTable board) {
    EndpointActivity.Now health = board.activity().of(endpoint.id(), board.now());
    WaitingDeliveries.Queue queue = board.waiting().of(endpoint.id());
    EndpointState state = board.state(endpoint);
    boolean empty = queue.count() == 0;
    return new EndpointRow(
        endpoint.id().toString(),
        endpoint.url().text(),
        endpoint.description(),
        endpoint.enabled(),
        types(endpoint),
        StatePill.of(state.kind()),
        Chart.spark(health.day()),
        health,
        new Queue(
            queue.count(),
            empty ? DisplayTime.NONE : DisplayTime.of(queue.oldest(), board.now()),
            empty || state.isHeld() ? DisplayTime.NONE : next(queue, state, board.now())),
        health.error(),
        state.reason(),
        FailureShare.of(health.day()));
  }

  /** The first attempt goes out when the first delivery is due, but not while on hold. */
  private static DisplayTime next(WaitingDeliveries.Queue queue, EndpointState state, Instant now) {
    Instant until = state.until();
    return DisplayTime.due(
        until != null && until.isAfter(queue.next()) ? until : queue.next(), now);
  }

  /** How much an endpoint needs a person; nothing goes out to a disabled one before that. */
  public static int painOf(EndpointState state, int failures) {
    return switch (state.kind()) {
      case DISABLED -> WORST;
      case BACKING_OFF, FAILING, RATE_LIMITED -> PAUSED + 1 + Math.max(1, failures);
      case PAUSED -> PAUSED;
      case WORKING -> 0;
    };
  }

  public static String types(Endpoint endpoint) {
    return endpoint.eventTypes().stream()
        .map(EventTypeFilter::pattern)
        .collect(Collectors.joining(", "));
  }
}
