package dev.hookferry.http.console.deliveries;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.list.EndpointConditions;
import dev.hookferry.http.console.list.LastAttempts;
import dev.hookferry.http.console.text.ShortenedText;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.DeliveryReason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery in a list.
 *
 * @param id the delivery's id
 * @param state its state
 * @param pill the appearance of the state
 * @param type the event type
 * @param event the event's id
 * @param name the endpoint's description, or its URL if it has none
 * @param url the destination
 * @param attempts number of attempts
 * @param created when it was created
 * @param next what happens next, or how it ended
 * @param when the time of that step
 */
public record DeliveryRow(
    String id,
    DeliveryState state,
    StatePill pill,
    String type,
    String event,
    String name,
    String url,
    int attempts,
    DisplayTime created,
    String next,
    DisplayTime when) {
  /** Two times that are at most this far apart look the same. */
  private static final Duration MOMENT = Duration.ofSeconds(1);

  /**
   * Delays of at least this length are shown separately, so that they are not mistaken for the
   * receiver's time.
   */
  private static final Duration LONG = Duration.ofSeconds(2);

  private static final String SENT_AFTER = "sent after ";

  public static DeliveryRow of(Delivery delivery, EndpointList targets, Instant now) {
    return targets
        .find(delivery.endpoint())
        .map(endpoint -> of(delivery, endpoint, targets.reason(delivery), now))
        .orElseGet(
            () ->
                of(
                    delivery,
                    new Target("", targets.url(delivery.endpoint())),
                    targets.reason(delivery),
                    now));
  }

  /** Returns a row of the list of deliveries, which states the endpoints' conditions above it. */
  public static DeliveryRow listed(
      Delivery one, LastAttempts last, EndpointList targets, Instant now) {
    String failure = last.failure(one);
    DeliveryRow row = of(one, targets, now).accepted(last.success(one));
    return EndpointConditions.waitsForEndpoint(one, targets.reason(one))
        ? row.belowCondition(failure, WaitingRow.why(one, targets.reason(one)))
        : row.after(failure).besideCreated();
  }

  /** The name and URL of an endpoint. */
  private record Target(String name, String url) {}

  /**
   * Returns a row.
   *
   * @param reason why the delivery has not ended, or how it ended
   */
  public static DeliveryRow of(
      Delivery delivery, Endpoint endpoint, DeliveryReason reason, Instant now) {
    Target target = new Target(endpoint.name(), endpoint.url().text());
    return of(delivery, target, reason, now);
  }

  private static DeliveryRow of(
      Delivery delivery, Target target, DeliveryReason reason, Instant now) {
    return new DeliveryRow(
        delivery.id().toString(),
        delivery.state(),
        pill(delivery),
        delivery.type().name(),
        delivery.event().value(),
        target.name().isEmpty() ? target.url() : target.name(),
        target.url(),
        delivery.attempts(),
        DisplayTime.of(delivery.createdAt(), now),
        next(delivery, reason),
        moment(delivery, reason, now));
  }

  /**
   * Returns whether the delivery is a test. Tests are not retried; users send a new one instead.
   */
  public boolean isTest() {
    return type.equals(EventType.TEST.name());
  }

  /** Returns the endpoint's name. If the name is a long URL, it is shortened in the middle. */
  public String shortName() {
    return name.equals(url) ? ShortenedText.of(name) : name;
  }

  /** Returns the result without its time, for a tooltip; null if it says nothing. */
  public @Nullable String tip() {
    return next.isEmpty() ? null : withoutComma(next);
  }

  private static StatePill pill(Delivery delivery) {
    return StatePill.of(delivery.state(), delivery.type());
  }

  /**
   * Returns a copy that states how an exhausted delivery ended, or why another is retried.
   *
   * @param end the status or error of the last attempt, or who skipped the delivery; empty if
   *     unknown
   */
  public DeliveryRow after(String end) {
    return end.isEmpty() || state != DeliveryState.EXHAUSTED ? because(end) : with(end + ",");
  }

  /**
   * Returns a copy that begins with the response that accepted the delivery.
   *
   * @param status such as {@code HTTP 200 in 44 ms}; empty if unknown
   */
  public DeliveryRow accepted(String status) {
    if (status.isEmpty() || state != DeliveryState.DELIVERED) {
      return this;
    }
    if (next.startsWith(SENT_AFTER)) {
      return with(status + ", " + next);
    }
    // Lists have a column for the number of attempts.
    return with(attempts == 1 ? status : status + ",");
  }

  /**
   * Returns a copy that begins with the cause.
   *
   * @param cause the status or the error of the last attempt; empty if unknown
   */
  public DeliveryRow because(String cause) {
    return cause.isEmpty() ? this : with(next.isEmpty() ? cause + "," : cause + ", " + next);
  }

  /**
   * Returns a copy for a list with a column for the creation time. Its own time is omitted if it
   * looks the same.
   */
  public DeliveryRow besideCreated() {
    if (when.isDue() || !isOneMoment(created, when)) {
      return this;
    }
    return with(withoutComma(next), DisplayTime.EMPTY);
  }

  /**
   * Returns a copy for a list that states the condition of the endpoint once, above the rows.
   *
   * @param cause the status or the error of the last attempt; empty if unknown
   * @param why what the first attempt waits for
   */
  public DeliveryRow belowCondition(String cause, String why) {
    return with(cause.isEmpty() && attempts == 0 ? why : cause, DisplayTime.EMPTY);
  }

  /** Removes the comma that separates a result from its time. */
  private static String withoutComma(String result) {
    return result.endsWith(",") ? result.substring(0, result.length() - 1) : result;
  }

  private static boolean isOneMoment(DisplayTime one, DisplayTime other) {
    return !one.machine().isEmpty()
        && !other.machine().isEmpty()
        && Duration.between(Instant.parse(one.machine()), Instant.parse(other.machine()))
                .abs()
                .compareTo(MOMENT)
            < 0;
  }

  private DeliveryRow with(String words) {
    return with(words, when);
  }

  private DeliveryRow with(String words, DisplayTime at) {
    return new DeliveryRow(id, state, pill, type, event, name, url, attempts, created, words, at);
  }

  /**
   * Describes the next step, without its time. For a resent delivery, omits the time that the first
   * delivery took.
   */
  private static String next(Delivery delivery, DeliveryReason reason) {
    Instant settled = delivery.settledAt();
    if (delivery.state() != DeliveryState.DELIVERED || settled == null) {
      return pill(delivery).equals(StatePill.TEST_FAILED) ? "" : beside(delivery, reason);
    }
    return delivery.attempts() == 1
        ? after(Duration.between(delivery.createdAt(), settled))
        : "at attempt " + delivery.attempts() + ",";
  }

  /**
   * Returns how long after acceptance the delivery succeeded. A long delay is not the receiver's.
   */
  private static String after(Duration time) {
    return time.compareTo(LONG) < 0
        ? DisplayTime.after(time)
        : SENT_AFTER + DisplayTime.length(time);
  }

  /** Returns the reason without the state, which the row already shows. */
  private static String beside(Delivery delivery, DeliveryReason because) {
    if (because.isExplainedByTime() && because.nextAttemptAt() != null) {
      // The time, which may be "due now", follows.
      return delivery.attempts() == 0 ? "first attempt" : "retry";
    }
    DeliveryState state = delivery.state();
    String reason = because.text();
    if (state == DeliveryState.BLOCKED) {
      // The delivery's page has buttons for both.
      return because.withoutRemedy() + ",";
    }
    String word = StatePill.of(state).word();
    if (reason.equals(word)) {
      return "";
    }
    if (!reason.startsWith(word + ": ")) {
      return reason;
    }
    return reason.substring(word.length() + 2) + (state.isFinal() ? "," : "");
  }

  private static DisplayTime moment(Delivery delivery, DeliveryReason reason, Instant now) {
    Instant next = reason.nextAttemptAt();
    return switch (delivery.state()) {
      // A reason that contains its time needs no second time.
      case PENDING, HELD ->
          next == null || reason.text().contains(" until ")
              ? DisplayTime.EMPTY
              : DisplayTime.due(next, now);
      case WAITING -> DisplayTime.EMPTY;
      case BLOCKED -> DisplayTime.of(delivery.dueAt(), now);
      case DELIVERED ->
          delivery.attempts() == 1 ? DisplayTime.EMPTY : DisplayTime.of(delivery.settledAt(), now);
      case EXHAUSTED, POISONED, CANCELLED -> DisplayTime.of(delivery.settledAt(), now);
    };
  }
}
