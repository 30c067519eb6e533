package dev.hookferry.limit;

import dev.hookferry.field.FieldKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Limits on the requests to one endpoint. Immutable.
 *
 * @param rate the maximum rate, or null for no limit of its own
 * @param concurrency the maximum requests in flight on each node, 1 to 1000, or null for no limit
 *     of its own
 */
public record SendLimits(@Nullable SendRate rate, @Nullable Integer concurrency) {
  /** No limits. */
  public static final SendLimits NONE = new SendLimits(null, null);

  /** Maximum concurrency. */
  public static final int MAX_CONCURRENCY = 1_000;

  /**
   * Creates limits.
   *
   * @throws dev.hookferry.refusal.InvalidException if the concurrency is not from 1 to 1000
   */
  public SendLimits {
    if (concurrency != null) {
      var unused = FieldKind.integer(1, MAX_CONCURRENCY).checked("concurrency", concurrency);
    }
  }

  /** Returns limits with only this rate. */
  public static SendLimits of(SendRate rate) {
    return NONE.rate(Objects.requireNonNull(rate, "rate"));
  }

  /** Returns a copy with the given rate; null for no limit. */
  public SendLimits rate(@Nullable SendRate rate) {
    return new SendLimits(rate, concurrency);
  }

  /** Returns a copy with the given concurrency, 1 to 1000; null for no limit. */
  public SendLimits concurrency(@Nullable Integer concurrency) {
    return new SendLimits(rate, concurrency);
  }

  /** Returns whether nothing is limited. */
  public boolean isEmpty() {
    return rate == null && concurrency == null;
  }

  /** Returns the limits as text, such as {@code 10/s, 4 at once}. */
  @Override
  public String toString() {
    String atOnce = concurrency == null ? "" : concurrency + " at once";
    String separator = rate == null || concurrency == null ? "" : ", ";
    return (rate == null ? "" : rate) + separator + atOnce;
  }
}
