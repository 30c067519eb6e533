package dev.hookferry.http.console.endpoints;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.http.console.activity.Chart;
import dev.hookferry.http.console.activity.EndpointActivity;
import dev.hookferry.http.console.deliveries.WaitingDeliveries;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.text.DisplayTime;
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
 * @param health as counted
 * @param waiting the deliveries that wait
 * @param error the last failure in words, if it has not worked since
 * @param standing until when it rests or why it is disabled, or an empty text
 */
public record EndpointRow(
    String id,
    String url,
    String description,
    boolean enabled,
    String types,
    StatePill look,
    int pain,
    Chart spark,
    EndpointActivity.Now health,
    Queue waiting,
    String error,
    String standing) {
  /**
   * What waits for it.
   *
   * @param count how many deliveries
   * @param oldest since when the oldest waits
   * @param next when the next attempt is due
   */
  public record Queue(int count, DisplayTime oldest, DisplayTime next) {}

  /** The worst first; among equals the newest. */
  public static final Comparator<EndpointRow> WORST_FIRST =
      Comparator.comparingInt(EndpointRow::pain).reversed();

  private static final int PAUSED = 1;

  /** Nothing goes out before a person looks at it. */
  private static final int DISABLED = 1_000_000;

  static EndpointRow of(Endpoint endpoint, EndpointTable board) {
    EndpointActivity.Now health = board.activity().of(endpoint.id(), board.now());
    WaitingDeliveries.Queue queue = board.waiting().of(endpoint.id());
    boolean paused = !endpoint.enabled() || !board.sends();
    boolean empty = queue.count() == 0;
    return new EndpointRow(
        endpoint.id().toString(),
        endpoint.url().text(),
        endpoint.description(),
        endpoint.enabled(),
        types(endpoint),
        look(endpoint, health, board),
        painOf(endpoint, health, paused),
        Chart.spark(health.day()),
        health,
        new Queue(
            queue.count(),
            empty ? DisplayTime.NONE : DisplayTime.of(queue.oldest(), board.now()),
            empty || paused ? DisplayTime.NONE : DisplayTime.of(queue.next(), board.now())),
        health.error(),
        board.retrying().standing(endpoint));
  }

  private static int painOf(Endpoint endpoint, EndpointActivity.Now health, boolean paused) {
    if (endpoint.standing().reason() != null) {
      return DISABLED;
    }
    return paused ? PAUSED : health.streak() == 0 ? 0 : PAUSED + health.streak();
  }

  public static String types(Endpoint endpoint) {
    return endpoint.eventTypes().stream()
        .map(EventTypeFilter::pattern)
        .collect(Collectors.joining(", "));
  }

  private static StatePill look(
      Endpoint endpoint, EndpointActivity.Now health, EndpointTable board) {
    if (endpoint.standing().reason() != null) {
      return new StatePill("bad", "disabled", StatePill.SLASH);
    }
    if (!endpoint.enabled() || !board.sends()) {
      return new StatePill("rest", "paused", StatePill.PAUSE);
    }
    if (health.streak() > 0) {
      return new StatePill("bad", "failing", StatePill.CROSS);
    }
    if (board.retrying().rests(endpoint)) {
      return new StatePill("wait", "resting", StatePill.CLOCK);
    }
    return health.lastSuccess() == null
        ? new StatePill("rest", "quiet", StatePill.CLOCK)
        : new StatePill("good", "working", StatePill.TICK);
  }
}
