package dev.hookferry.http.console.frame;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.http.words.StatusMeaning;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.EndpointHealth;
import java.util.List;
import java.util.stream.Stream;

/**
 * Appearance of a state. Colour, word and shape all convey the state.
 *
 * @param tone CSS class: good, bad, wait or rest
 * @param word the label
 * @param shape path of the icon in a 16 by 16 box
 * @param meaning its meaning in a sentence; empty if the word is self-explanatory
 */
public record StatePill(String tone, String word, String shape, String meaning) {
  public static final String TICK = "M3 8.5l3.2 3.2L13 4.8";
  public static final String CROSS = "M4 4l8 8M12 4l-8 8";
  public static final String CLOCK = "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM8 5v3.2l2 1.3";
  public static final String PAUSE = "M5.5 4v8M10.5 4v8";
  public static final String AGAIN = "M13 5.5A5.5 5.5 0 1 0 13.5 9M13.5 2.5v3.2h-3.2";
  public static final String SLASH = "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM4 12l8-8";

  private static final int GONE = 410;

  /** Label of a delivery that ended without success, whatever the cause, and was not cancelled. */
  public static final String GIVEN_UP = "given up";

  /** Label of a delivery whose endpoint or site is paused, or whose endpoint is disabled. */
  public static final String ON_HOLD = "on hold";

  /**
   * Label of a delivery queued behind an earlier one with the same ordering key. Other pending
   * deliveries wait as well, but not for a turn.
   */
  public static final String WAITING = "waiting its turn";

  /** An event that was not sent to the endpoint. */
  public static final StatePill UNSENT =
      new StatePill("rest", "not sent", "M4 8h8", StatusMeaning.NOT_SENT);

  /** A test that failed, which is not retried. */
  public static final StatePill TEST_FAILED =
      new StatePill("bad", "test failed", CROSS, StatusMeaning.TEST_FAILED);

  /** An endpoint whose last attempts failed but that does not count as failing yet. */
  public static final StatePill RETRYING =
      new StatePill("wait", "retrying", AGAIN, StatusMeaning.RETRYING);

  /** An endpoint to which nothing has been sent, so whether it works is unknown. */
  public static final StatePill QUIET =
      new StatePill("rest", "no traffic yet", UNSENT.shape(), StatusMeaning.NO_TRAFFIC);

  /** Creates an appearance without an explanation. */
  public StatePill(String tone, String word, String shape) {
    this(tone, word, shape, "");
  }

  /** Returns the pills of all deliveries: one for each state, and one for a failed test. */
  public static List<StatePill> ofDeliveries() {
    return Stream.concat(
            Stream.of(DeliveryState.values()).map(StatePill::withCause), Stream.of(TEST_FAILED))
        .toList();
  }

  /** Returns the pill of a state, with its cause if another state has the same label. */
  public static StatePill withCause(DeliveryState state) {
    StatePill pill = of(state);
    return new StatePill(pill.tone(), words(state), pill.shape(), pill.meaning());
  }

  /** Returns a text for a state that no other state shares. */
  public static String words(DeliveryState state) {
    return switch (state) {
      case EXHAUSTED -> GIVEN_UP + ": no retries left";
      case POISONED -> GIVEN_UP + ": server crash";
      default -> of(state).word();
    };
  }

  /**
   * Returns the pills of all endpoint states. An endpoint that is backing off is shown as failing.
   */
  public static List<StatePill> ofEndpoints() {
    return Stream.concat(
            Stream.of(EndpointHealth.State.values()).map(StatePill::of).distinct(),
            Stream.of(RETRYING, blocked(), QUIET))
        .toList();
  }

  /** Returns the pill of a delivery of a type; a test has no retries. */
  public static StatePill of(DeliveryState state, EventType type) {
    return type.equals(EventType.TEST) && state == DeliveryState.EXHAUSTED
        ? TEST_FAILED
        : of(state);
  }

  public static StatePill of(DeliveryState state) {
    StatePill pill =
        switch (state) {
          case PENDING -> new StatePill("wait", state.code(), CLOCK);
          case HELD -> new StatePill("rest", ON_HOLD, PAUSE);
          case WAITING -> new StatePill("rest", WAITING, PAUSE);
          case BLOCKED -> new StatePill("bad", state.code(), PAUSE);
          case DELIVERED -> new StatePill("good", state.code(), TICK);
          case EXHAUSTED -> new StatePill("bad", GIVEN_UP, CROSS);
          case POISONED -> new StatePill("bad", GIVEN_UP, SLASH);
          case CANCELLED -> new StatePill("rest", state.code(), SLASH);
        };
    return pill.meaning(StatusMeaning.of(state));
  }

  private StatePill meaning(String sentence) {
    return new StatePill(tone, word, shape, sentence);
  }

  private static StatePill blocked() {
    return new StatePill("bad", "blocked", CROSS, StatusMeaning.HAS_BLOCKED_KEYS);
  }

  /** Returns the pill of an endpoint. */
  public static StatePill of(EndpointHealth health) {
    return health.isRetrying() ? RETRYING : of(health.state());
  }

  /** Returns the pill of an endpoint; one with blocked ordering keys has a problem. */
  public static StatePill of(EndpointHealth health, boolean isBlocked) {
    StatePill pill = of(health);
    if (!isBlocked || health.isHeld()) {
      return pill;
    }
    boolean isWorking = health.state() == EndpointHealth.State.WORKING || health.isRetrying();
    return isWorking ? blocked() : new StatePill("bad", pill.word(), CROSS, pill.meaning());
  }

  public static StatePill of(EndpointHealth.State state) {
    StatePill pill =
        switch (state) {
          case WORKING -> new StatePill("good", state.label(), TICK);
          // Failing endpoints are backed off; the reason beside the label says so.
          case BACKING_OFF, FAILING ->
              new StatePill("bad", EndpointHealth.State.FAILING.label(), CROSS);
          case RATE_LIMITED -> new StatePill("wait", state.label(), CLOCK);
          case PAUSED -> new StatePill("rest", state.label(), PAUSE);
          case DISABLED -> new StatePill("bad", state.label(), SLASH);
        };
    return pill.meaning(StatusMeaning.of(state));
  }

  /** Returns the pill of an outcome; a failed response is labelled with its status. */
  public static StatePill of(Outcome outcome) {
    StatePill pill = of(outcome.kind());
    return outcome.isSuccess() || outcome.statusCode() == 0
        ? pill
        : new StatePill(pill.tone(), status(outcome.statusCode()), pill.shape());
  }

  public static StatePill of(OutcomeKind kind) {
    String word =
        switch (kind) {
          case HTTP_ERROR -> "HTTP error";
          case CONNECT_ERROR -> "cannot connect";
          case DNS_ERROR -> "DNS error";
          case TLS_ERROR -> "TLS error";
          default -> kind.code().replace('_', ' ');
        };
    return kind == OutcomeKind.DELIVERED
        ? new StatePill("good", word, TICK)
        : new StatePill(kind.countsAsAttempt() ? "bad" : "wait", word, CROSS);
  }

  /** Returns the status of an outcome, or its kind in a few words, such as {@code timeout}. */
  public static String cause(Outcome outcome) {
    return outcome.statusCode() == 0 ? of(outcome.kind()).word() : status(outcome.statusCode());
  }

  /** Returns a status as text; the one that disables an endpoint is named, too. */
  public static String status(int code) {
    return "HTTP " + code + (code == GONE ? " Gone" : "");
  }
}
