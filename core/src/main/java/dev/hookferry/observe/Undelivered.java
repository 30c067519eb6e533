package dev.hookferry.observe;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of an endpoint that have not ended. Immutable.
 *
 * @param waiting the number that are pending, held, or waiting behind an earlier event with the
 *     same ordering key
 * @param blockedKeys the number that block their ordering key
 * @param behindBlocked the number of waiting ones that are behind a blocked key
 * @param oldest when the oldest of them was created; null if there are none
 * @param nextDue when the first of the pending or held ones is due; null if there are none
 * @param more whether there may be more, because counting stopped at its limit
 */
public record Undelivered(
    int waiting,
    int blockedKeys,
    int behindBlocked,
    @Nullable Instant oldest,
    @Nullable Instant nextDue,
    boolean more) {
  /** No deliveries. */
  public static final Undelivered NONE = new Undelivered(0, 0, 0, null, null, false);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is negative, or {@code behindBlocked} is greater than
   *     {@code waiting}
   */
  public Undelivered {
    if (waiting < 0 || blockedKeys < 0 || behindBlocked < 0 || behindBlocked > waiting) {
      throw new IllegalArgumentException("the counts of deliveries are inconsistent");
    }
  }

  /** Returns the total number of deliveries. */
  public int total() {
    return waiting + blockedKeys;
  }

  /** Returns the sum of these deliveries and others. */
  public Undelivered and(Undelivered other) {
    Objects.requireNonNull(other, "other");
    return new Undelivered(
        waiting + other.waiting,
        blockedKeys + other.blockedKeys,
        behindBlocked + other.behindBlocked,
        earlier(oldest, other.oldest),
        earlier(nextDue, other.nextDue),
        more || other.more);
  }

  /** Returns a copy marked as incomplete. */
  Undelivered cut() {
    return new Undelivered(waiting, blockedKeys, behindBlocked, oldest, nextDue, true);
  }

  /** Returns a copy with more deliveries behind blocked keys. */
  Undelivered behind(int some) {
    return new Undelivered(waiting, blockedKeys, behindBlocked + some, oldest, nextDue, more);
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    return one == null || (other != null && other.isBefore(one)) ? other : one;
  }
}
