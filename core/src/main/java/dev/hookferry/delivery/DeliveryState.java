package dev.hookferry.delivery;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The life of a delivery, as a table: which step leads from which state to which. What is not in
 * the table is illegal and throws.
 *
 * <p>"In flight" is no state: it is ownership, kept by the store's owner column and the engine's
 * memory. {@code HELD} is never stored: a pending delivery is held while its endpoint or site is
 * paused, so that pausing a queue of a million costs nothing.
 */
public enum DeliveryState {
  /** Waits for its next attempt, or is being sent. */
  PENDING,
  /** Waits for its endpoint or site to go on. */
  HELD,
  /** Was answered with a 2xx. */
  DELIVERED,
  /** Failed as often as its retries allow. */
  EXHAUSTED,
  /** Was stopped by hand, or lost its endpoint. */
  CANCELLED,
  /** Ended the processes that sent it, and is not sent again by itself. */
  POISONED;

  private final String word = name().toLowerCase(Locale.ROOT);

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
    row(HELD).put(DeliveryStep.RESUME, PENDING);
    row(HELD).put(DeliveryStep.CANCEL, CANCELLED);
    row(HELD).put(DeliveryStep.RETRY, HELD);
    row(DELIVERED).put(DeliveryStep.RETRY, PENDING);
    row(EXHAUSTED).put(DeliveryStep.RETRY, PENDING);
    row(CANCELLED).put(DeliveryStep.RETRY, PENDING);
    row(POISONED).put(DeliveryStep.RETRY, PENDING);
  }

  /**
   * Where a step leads.
   *
   * @throws IllegalStateException if the table has no such step
   */
  public DeliveryState on(DeliveryStep step) {
    DeliveryState next = row(this).get(step);
    if (next == null) {
      throw new IllegalStateException("a delivery that is " + this + " cannot " + step);
    }
    return next;
  }

  /** Whether nothing more happens by itself. */
  public boolean isFinal() {
    return this != PENDING && this != HELD;
  }

  /** The word on the wire, such as {@code pending}. */
  public String word() {
    return word;
  }

  /** Reads the word on the wire. */
  public static Optional<DeliveryState> ofWord(String word) {
    return Stream.of(values()).filter(state -> state.word().equals(word)).findFirst();
  }

  private static Map<DeliveryStep, DeliveryState> row(DeliveryState state) {
    return TABLE.computeIfAbsent(state, s -> new EnumMap<>(DeliveryStep.class));
  }
}
