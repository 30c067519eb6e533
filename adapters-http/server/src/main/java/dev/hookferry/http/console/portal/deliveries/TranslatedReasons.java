package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.portal.PortalPayload;
import dev.hookferry.http.portal.PortalReasons;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.OutcomeAdvice;
import dev.hookferry.http.words.Words;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointHealth.State;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Explains states in the language of a customer, as {@link PortalReasons} does in English. */
public final class TranslatedReasons {
  private static final int GONE = 410;
  private static final int LONGEST = 80;

  private final Words words;
  private final Instant now;

  /** Creates the reasons for a visitor. */
  public TranslatedReasons(Words words, Instant now) {
    this.words = words;
    this.now = now;
  }

  /** Returns why a delivery has not ended, or how it ended; empty if its state says all of that. */
  public String of(Delivery delivery, Endpoint endpoint, EndpointHealth health) {
    return switch (delivery.state()) {
      case DELIVERED, CANCELLED -> "";
      case EXHAUSTED, POISONED -> words.text("reason." + delivery.state().code());
      case WAITING, BLOCKED ->
          words.text("reason." + delivery.state().code(), String.valueOf(delivery.orderingKey()));
      case PENDING, HELD -> pending(delivery, endpoint, health);
    };
  }

  private String pending(Delivery delivery, Endpoint endpoint, EndpointHealth health) {
    if (PortalReasons.isOurs(endpoint, health) || health.isHeld()) {
      return of(endpoint, health);
    }
    Instant until = health.until();
    if (until != null && until.isAfter(now) && !delivery.dueAt().isAfter(until)) {
      return of(endpoint, health);
    }
    if (delivery.dueAt().isAfter(now)) {
      return words.text(delivery.attempts() == 0 ? "reason.scheduled" : "reason.retry-scheduled");
    }
    return words.text("reason.due");
  }

  /** Returns why an endpoint is in its state; empty while it works. */
  public String of(Endpoint endpoint, EndpointHealth health) {
    if (PortalReasons.isOurs(endpoint, health)) {
      return words.text("reason.ours");
    }
    int failures = health.failures();
    return switch (health.state()) {
      case WORKING -> "";
      case PAUSED -> words.text("reason.paused");
      case DISABLED -> words.text(isGone(health) ? "reason.gone" : "reason.disabled");
      case BACKING_OFF, RATE_LIMITED -> slowed(health);
      case FAILING ->
          endpoint.filter() != null && endpoint.filter().problem().isPresent()
              ? words.text("reason.filter")
              : words.count("reason.failures", failures, false);
    };
  }

  /** Returns when the next attempt of a pending delivery is due; none for another one. */
  public DisplayTime nextAttempt(Delivery delivery, EndpointHealth health) {
    return delivery.state() == DeliveryState.PENDING
        ? words.due(next(delivery, health), now)
        : DisplayTime.NONE;
  }

  /** Returns when the next attempt is due: not before a back-off ends. */
  public static Instant next(Delivery delivery, EndpointHealth health) {
    Instant until = health.until();
    return until != null && until.isAfter(delivery.dueAt()) ? until : delivery.dueAt();
  }

  /** An endpoint that its receiver declared gone is disabled for that alone. */
  public static boolean isGone(EndpointHealth health) {
    return health.reason().contains(String.valueOf(GONE));
  }

  /** Returns the look of an endpoint, as {@link StatePill} has it for operators. */
  public StatePill pill(EndpointHealth health) {
    StatePill look = StatePill.of(health);
    String word =
        StatePill.countsFailures(health)
            ? words.count("health.failed", health.failures(), false)
            : words.text("health." + key(health.state()));
    return new StatePill(look.tone(), word, look.shape());
  }

  /** Returns the look of an endpoint to which nothing was sent, so that it is not known to work. */
  public StatePill quiet() {
    return new StatePill("rest", words.text("health.quiet"), StatePill.UNSENT.shape());
  }

  /** Returns the status of a response, or why there was none; empty if that is the operator's. */
  public String response(@Nullable Attempt attempt) {
    if (attempt == null || PortalReasons.isOurs(attempt.outcome().kind())) {
      return "";
    }
    int status = attempt.outcome().statusCode();
    return status == 0 ? words.text("outcome." + key(attempt.outcome().kind())) : "HTTP " + status;
  }

  /**
   * Returns the status of a response and the first line of its body, unless that is markup; empty
   * if there was no response.
   */
  public String quoted(@Nullable Attempt attempt) {
    String status = response(attempt);
    String body = attempt == null ? null : PortalPayload.response(attempt);
    String line = body == null ? "" : body.strip().lines().findFirst().orElse("").strip();
    if (line.isEmpty() || line.startsWith("<")) {
      return status;
    }
    String cut = line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    return words.text("response.quoted", status, cut);
  }

  /** Returns the part of a text's key that names a constant. */
  public static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String slowed(EndpointHealth health) {
    if (health.state() == State.RATE_LIMITED) {
      return words.text("reason.limited");
    }
    String key = health.until() == null ? "reason.one-at-a-time" : "reason.backing-off";
    return words.count(key, health.failures(), false);
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
