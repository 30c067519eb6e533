package dev.hookferry.http.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.observe.DeliveryReason;
import dev.hookferry.observe.EndpointHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reasons and failures as customers read them: without addresses and without names of the
 * operator's systems. All faults on the operator's side read alike.
 */
public final class PortalReasons {
  private static final String OUR_FAULT = "delayed on our side";

  /** The time for which a visitor waits for the outcome of a retry. */
  private static final Duration FOLLOWED = Duration.ofMinutes(1);

  private PortalReasons() {}

  /**
   * Returns whether the operator's side caused a failure; customers learn nothing else about it.
   */
  public static boolean isOurs(OutcomeKind kind) {
    return switch (kind) {
      case RESOLVER_ERROR, INTERNAL_ERROR, WORKER_DIED -> true;
      case PROXY_FAILED, SIGNING_FAILED, AUTH_FAILED, BODY_FAILED -> true;
      default -> false;
    };
  }

  /** Returns the description of a failure; null for a success. */
  static @Nullable String of(Outcome outcome) {
    if (isOurs(outcome.kind())) {
      return OUR_FAULT;
    }
    return switch (outcome.kind()) {
      case BLOCKED_ADDRESS -> "the URL does not lead to a public address on an allowed port";
      case CONNECT_ERROR -> "the host refused the connection or is unreachable";
      case CONNECT_TIMEOUT -> "no connection in time";
      default -> outcome.detail().isEmpty() ? null : outcome.detail();
    };
  }

  /** Returns why an endpoint is in its state; empty if it works. */
  public static String of(Endpoint endpoint, EndpointHealth health) {
    return isOurs(endpoint, health) ? OUR_FAULT : health.reason();
  }

  /**
   * Returns whether the operator's side caused the state of an endpoint. Failures that come neither
   * from its responses nor from its filter occur on the way to the receiver. If it is enabled but
   * paused, the operator has paused it.
   */
  public static boolean isOurs(Endpoint endpoint, EndpointHealth health) {
    return health.ownFault() != null
        || switch (health.state()) {
          case FAILING ->
              !health.reason().equals(NumberText.counted(health.failures(), "consecutive failure"))
                  && (endpoint.filter() == null || endpoint.filter().problem().isEmpty());
          case PAUSED -> endpoint.enabled();
          default -> false;
        };
  }

  /**
   * Returns until when nothing is sent to an endpoint because of its last response, such as 429
   * with Retry-After. Retries by hand wait, too. Empty if nothing stops sending.
   */
  public static Optional<Instant> limitedUntil(EndpointHealth health, Instant now) {
    boolean isLimited = health.state() == EndpointHealth.State.RATE_LIMITED;
    return Optional.ofNullable(isLimited ? health.until() : null).filter(now::isBefore);
  }

  /**
   * Returns {@link #limitedUntil} if that is too late to wait for on a page that follows a retry.
   */
  public static Optional<Instant> restsUntil(EndpointHealth health, Instant now) {
    return limitedUntil(health, now).filter(now.plus(FOLLOWED)::isBefore);
  }

  /** Returns why a delivery has not ended, or how it ended. */
  public static String of(Webhooks webhooks, Delivery delivery, DeliveryReason reason) {
    if (delivery.state() == DeliveryState.POISONED) {
      return "failed on our side";
    }
    if (delivery.state().isFinal()) {
      return reason.text();
    }
    if (reason.isIsolated()) {
      return OUR_FAULT;
    }
    Endpoint endpoint = webhooks.endpoints().get(delivery.site(), delivery.endpoint());
    return isOurs(endpoint, webhooks.endpoints().health(endpoint)) ? OUR_FAULT : reason.text();
  }
}
