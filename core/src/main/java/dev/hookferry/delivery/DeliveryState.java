package dev.hookferry.delivery;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * State of a delivery. A table defines the allowed transitions; any other step throws.
 *
 * <p>"In flight" is not a state but ownership, kept in the store's owner column and the engine's
 * memory. {@code HELD} is never stored: it is a pending delivery whose endpoint or site is paused,
 * so that pausing an endpoint with a million deliveries costs nothing.
 */
public enum DeliveryState {
  /** Waiting for its next attempt, or in flight. */
  PENDING,
  /** On hold until its endpoint or site is resumed. */
  HELD,
  /** Queued behind an earlier delivery with the same ordering key that has not ended. */
  WAITING,
  /** Out of retries; later deliveries with its ordering key wait until a user acts on it. */
  BLOCKED,
  /** The receiver responded with a status that counts as success; by default 2xx. */
  DELIVERED,
  /** The last retry failed, or a user skipped the blocked delivery. */
  EXHAUSTED,
  /** Cancelled by a user, by removal of its endpoint, or as a test that could not be sent. */
  CANCELLED,
  /** Crashed the process repeatedly; retried only on request. */
  POISONED;

  private final String code = name().toLowerCase(Locale.ROOT);

  private static final Map<DeliveryState, Map<DeliveryStep, DeliveryState>> TABLE =
      new EnumMap<>(DeliveryState.class);

  static {
    row(PENDING).put(DeliveryStep.SUCCEED, DELIVERED);
    row(PENDING).put(DeliveryStep.FAIL, PENDING);
    row(PENDING).put(DeliveryStep.GIVE_UP, EXHAUSTED);
    row(PENDING).put(DeliveryStep.PAUSE, HELD);
    row(PENDING).put(DeliveryStep.CANCEL, CANCELLED);
    row(PENDING).put(DeliveryStep.POISON, POISONED);
    row(PENDING).put(DeliveryStep.RETRY, PENDING);
    row(PENDING).put(DeliveryStep.WAIT, WAITING);
    row(PENDING).put(DeliveryStep.BLOCK, BLOCKED);
    row(WAITING).put(DeliveryStep.RESUME, PENDING);
    row(WAITING).put(DeliveryStep.CANCEL, CANCELLED);
    row(BLOCKED).put(DeliveryStep.RETRY, PENDING);
    row(BLOCKED).put(DeliveryStep.SKIP, EXHAUSTED);
    row(BLOCKED).put(DeliveryStep.CANCEL, CANCELLED);
    row(HELD).put(DeliveryStep.RESUME, PENDING);
    row(HELD).put(DeliveryStep.CANCEL, CANCELLED);
    row(HELD).put(DeliveryStep.RETRY, HELD);
    row(DELIVERED).put(DeliveryStep.RETRY, PENDING);
    row(EXHAUSTED).put(DeliveryStep.RETRY, PENDING);
    row(CANCELLED).put(DeliveryStep.RETRY, PENDING);
    row(POISONED).put(DeliveryStep.RETRY, PENDING);
  }

  /**
   * Returns the state that a step leads to.
   *
   * @throws IllegalStateException if the table has no such step
   */
  public DeliveryState on(DeliveryStep step) {
    Objects.requireNonNull(step, "step");
    DeliveryState next = row(this).get(step);
    if (next == null) {
      throw new IllegalStateException("a delivery that is " + this + " cannot " + step);
    }
    return next;
  }

  /** Returns whether the delivery has ended, so that only a user can change it. */
  public boolean isFinal() {
    return switch (this) {
      case PENDING, HELD, WAITING, BLOCKED -> false;
      case DELIVERED, EXHAUSTED, CANCELLED, POISONED -> true;
    };
  }

  /** Returns the lower-case name used in the API, such as {@code pending}. */
  public String code() {
    return code;
  }

  /** Parses the name used in the API; empty if it is unknown. */
  public static Optional<DeliveryState> fromCode(String word) {
    Objects.requireNonNull(word, "word");
    return Stream.of(values()).filter(state -> state.code().equals(word)).findFirst();
  }

  private static Map<DeliveryStep, DeliveryState> row(DeliveryState state) {
    return TABLE.computeIfAbsent(state, s -> new EnumMap<>(DeliveryStep.class));
  }
}
