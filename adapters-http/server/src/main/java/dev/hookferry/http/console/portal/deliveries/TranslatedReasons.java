package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.text.ResponseQuote;
import dev.hookferry.http.portal.PortalPayload;
import dev.hookferry.http.portal.PortalReasons;
import dev.hookferry.http.words.ClockTime;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.OutcomeAdvice;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EventType;
import dev.hookferry.limit.SendRate;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointHealth.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Explanations of states in a customer's language; {@link PortalReasons} has them in English. */
public final class TranslatedReasons {
  private static final String HEALTH = "health-";
  private static final String STATE = "state-";
  private static final int GONE = 410;
  private static final Set<Integer> OF_URL = Set.of(301, 302, 307, 308, 404, 405, GONE);

  private final Words words;
  private final Instant now;

  /** Creates the reasons for a visitor. */
  public TranslatedReasons(Words words, Instant now) {
    this.words = words;
    this.now = now;
  }

  /** Returns the texts in the visitor's language. */
  public Words words() {
    return words;
  }

  /** Returns why a delivery has not ended, or how it ended; empty if its state already shows it. */
  public String of(Delivery delivery, Endpoint endpoint, EndpointHealth health) {
    return switch (delivery.state()) {
      case DELIVERED, CANCELLED -> "";
      case EXHAUSTED, POISONED -> words.text("reason." + delivery.state().code());
      case WAITING, BLOCKED ->
          words.text("reason." + delivery.state().code(), String.valueOf(delivery.orderingKey()));
      case PENDING, HELD -> pending(delivery, endpoint, health);
    };
  }

  /** Returns why a retried delivery is not sent immediately; empty if it has ended. */
  public String unsent(Delivery delivery, Endpoint endpoint, EndpointHealth health) {
    String reason = of(delivery, endpoint, health);
    boolean isPending = delivery.state() == DeliveryState.PENDING;
    return reason.isEmpty() && isPending ? words.text("reason.scheduled") : reason;
  }

  private String pending(Delivery delivery, Endpoint endpoint, EndpointHealth health) {
    if (PortalReasons.isOurs(endpoint, health) || health.isHeld()) {
      return of(endpoint, health);
    }
    if (waitsForEndpoint(delivery, health)) {
      return words.text(isFailing(health) ? "reason.recovers" : "reason.limit-ends");
    }
    if (delivery.dueAt().isAfter(now)) {
      return delivery.attempts() == 0 ? words.text("reason.scheduled") : "";
    }
    boolean isSlowed = health.state() == State.RATE_LIMITED;
    return words.text(isSlowed ? "reason.slowed" : "reason.due");
  }

  /** Returns whether a pending delivery is not sent because of its endpoint's response. */
  private boolean waitsForEndpoint(Delivery delivery, EndpointHealth health) {
    Instant until = health.until();
    boolean rests = until != null && until.isAfter(now);
    return (rests || health.isProbed()) && !delivery.dueAt().isAfter(rests ? until : now);
  }

  /**
   * Returns whether an endpoint is failing from a customer's point of view. This includes back-off,
   * but not a request for fewer requests.
   */
  public static boolean isFailing(EndpointHealth health) {
    return switch (health.state()) {
      case BACKING_OFF, FAILING -> true;
      case RATE_LIMITED -> isLimitedByRate(health) && health.isFailing();
      default -> !health.isHeld() && (health.isFailing() || health.isProbed());
    };
  }

  /** Returns whether an endpoint is failing, or has asked for a pause ten times in a row. */
  public static boolean isInTrouble(EndpointHealth health) {
    return isFailing(health) || health.isFailing();
  }

  /** Returns why an endpoint is in its state; empty while it works. */
  public String of(Endpoint endpoint, EndpointHealth health) {
    if (PortalReasons.isOurs(endpoint, health)) {
      return words.text("reason.ours");
    }
    int failures = health.failures();
    if (health.isRetrying()) {
      return failures(failures, "");
    }
    return switch (health.state()) {
      case WORKING -> "";
      case PAUSED -> words.text("reason.paused");
      case DISABLED -> words.text(isGone(health) ? "reason.gone" : "reason.disabled");
      case RATE_LIMITED -> words.text(isLimitedByRate(health) ? "reason.slowed" : "reason.limited");
      case BACKING_OFF, FAILING -> failures(failures, "");
    };
  }

  /** Returns whether an endpoint is slowed by its own rate rather than by its responses. */
  static boolean isLimitedByRate(EndpointHealth health) {
    return health.state() == State.RATE_LIMITED && !health.isSlowed();
  }

  /** Returns a rate as text, such as {@code at most 1 per minute}. */
  public static String rate(SendRate rate, Words words) {
    String key =
        switch (rate.unit()) {
          case SECOND -> "rate.second";
          case MINUTE -> "rate.minute";
          case HOUR -> "rate.hour";
        };
    return words.text(key, words.number(rate.count()));
  }

  /**
   * Returns a sentence stating that the last attempts failed.
   *
   * @param cause the response of the newest; empty if there was none, or if unknown
   */
  public String failures(int count, String cause) {
    String tail = cause.isEmpty() ? "" : words.text("notice.cause", cause);
    return words.count("reason.failures", count, false, tail);
  }

  /**
   * Returns a text stating that the last attempts failed, and how long retries continue.
   *
   * @param cause the response of the newest; empty if there was none, or if unknown
   * @param until the last retry; null if there is none
   */
  TimedText retries(int count, String cause, @Nullable Instant until) {
    String failed = failures(count, cause);
    return until == null || !until.isAfter(now)
        ? TimedText.of(failed)
        : TimedText.headline(words.text("reason.retried", failed, TimedText.TIME), clock(until));
  }

  /**
   * Returns when the next attempt of a pending delivery is due; empty if it is due now, or if it
   * waits for an endpoint that receives one request at a time.
   */
  public DisplayTime nextAttempt(Delivery delivery, EndpointHealth health) {
    boolean isPending = delivery.state() == DeliveryState.PENDING && !health.isHeld();
    boolean isOneOfMany = isFailing(health) || health.isProbed();
    return isPending && !(isOneOfMany && waitsForEndpoint(delivery, health))
        ? known(delivery, health)
            .filter(next -> next.isAfter(now))
            .map(next -> words.due(next, now))
            .orElse(DisplayTime.EMPTY)
        : DisplayTime.EMPTY;
  }

  /** Returns when a pending delivery is due, unless the next attempt may be for another one. */
  public Optional<Instant> known(Delivery delivery, EndpointHealth health) {
    Instant next = next(delivery, health);
    return health.isProbed() && !next.isAfter(now) ? Optional.empty() : Optional.of(next);
  }

  /** Returns when the next attempt is due: not before a back-off ends. */
  public static Instant next(Delivery delivery, EndpointHealth health) {
    Instant until = health.until();
    return until != null && until.isAfter(delivery.dueAt()) ? until : delivery.dueAt();
  }

  /** If the receiver declared the endpoint gone, that is the only reason. */
  public static boolean isGone(EndpointHealth health) {
    return health.reason().contains(String.valueOf(GONE));
  }

  /** Returns the pill of a delivery. */
  public StatePill pill(DeliveryState state) {
    StatePill of = StatePill.of(state);
    String meaning = words.text("meaning." + STATE + state.code());
    return new StatePill(of.tone(), words.text("state." + state.code()), of.shape(), meaning);
  }

  /** Returns the pill of a delivery of a type. A failed test has its own pill. */
  public StatePill pill(DeliveryState state, EventType type) {
    StatePill of = StatePill.of(state, type);
    return of.equals(StatePill.TEST_FAILED)
        ? new StatePill(
            of.tone(),
            words.text("state.test-failed"),
            of.shape(),
            words.text("meaning.state-test-failed"))
        : pill(state);
  }

  /** Returns the pill of an endpoint, corresponding to {@link StatePill} for operators. */
  public StatePill pill(EndpointHealth health) {
    if (isFailing(health)) {
      StatePill failing = StatePill.of(State.FAILING);
      return pill(failing, "failing");
    }
    return health.isRetrying()
        ? pill(StatePill.RETRYING, "retrying")
        : pill(StatePill.of(health.state()), key(health.state()));
  }

  private StatePill pill(StatePill of, String key) {
    String meaning = words.text("meaning." + HEALTH + key);
    return new StatePill(of.tone(), words.text("health." + key), of.shape(), meaning);
  }

  /**
   * Returns the pill of an endpoint to which nothing has been sent, so whether it works is unknown.
   *
   * @param failedTest whether a test was sent and did not arrive
   */
  public StatePill quiet(boolean failedTest) {
    return failedTest
        ? pill(StatePill.TEST_FAILED, "test-failed")
        : pill(StatePill.UNSENT, "quiet");
  }

  /** Returns a time as headlines show it. */
  ClockTime clock(Instant time) {
    return words.clock(time, now);
  }

  /** Returns the status, or why there was no response; empty if the operator is the cause. */
  public String response(@Nullable Attempt attempt) {
    if (attempt == null || PortalReasons.isOurs(attempt.outcome().kind())) {
      return "";
    }
    int status = attempt.outcome().statusCode();
    return status == 0 ? words.text("outcome." + key(attempt.outcome().kind())) : "HTTP " + status;
  }

  /** Returns the first line of a response that a customer may see; empty if there is none. */
  public static String firstLine(@Nullable Attempt attempt) {
    String body = attempt == null ? null : PortalPayload.response(attempt);
    return body == null ? "" : ResponseQuote.line(body);
  }

  /** Returns the part of a text's key that names a constant. */
  public static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns why an attempt failed, such as HTTP 401; empty if the operator is the cause. */
  public String cause(Attempt attempt) {
    if (attempt.outcome().kind() != OutcomeKind.TIMEOUT) {
      return response(attempt);
    }
    Duration took = attempt.outcome().took();
    long seconds = Math.round(took.toMillis() / 1e3);
    Duration limit = took.toSeconds() == 0 ? took : Duration.ofSeconds(seconds);
    return words.text("outcome.no-response", words.length(limit));
  }

  /** Returns whether an attempt probably failed because of the endpoint's URL. */
  public static boolean hasUrlProblem(Attempt attempt) {
    return switch (attempt.outcome().kind()) {
      case DNS_ERROR, CONNECT_ERROR, CONNECT_TIMEOUT, BLOCKED_ADDRESS -> true;
      default -> OF_URL.contains(attempt.outcome().statusCode());
    };
  }

  /** Returns a short hint at what to check after a failed attempt; may be empty. */
  public String hint(Attempt attempt) {
    return PortalReasons.isOurs(attempt.outcome().kind())
        ? ""
        : OutcomeAdvice.hint(attempt.outcome(), words);
  }

  /** Explains an outcome, and suggests what to do about it. */
  public static String of(Attempt attempt, Words words) {
    OutcomeKind kind = attempt.outcome().kind();
    if (kind == OutcomeKind.BLOCKED_ADDRESS) {
      return words.text("advice.address");
    }
    return PortalReasons.isOurs(kind)
        ? words.text("advice.our-side")
        : OutcomeAdvice.of(attempt.outcome(), words);
  }
}
