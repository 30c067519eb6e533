package dev.hookferry.limit;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.FieldValues;
import dev.hookferry.refusal.InvalidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields of an endpoint's limits. */
public final class LimitFields {
  /** Maximum requests per second. */
  public static final FieldSpec<Integer> PER_SECOND = rate("perSecond", "second").example(10);

  /** Maximum requests per minute. */
  public static final FieldSpec<Integer> PER_MINUTE = rate("perMinute", "minute");

  /** Maximum requests per hour. */
  public static final FieldSpec<Integer> PER_HOUR = rate("perHour", "hour");

  /** Maximum requests in flight, on each node. */
  public static final FieldSpec<Integer> CONCURRENCY =
      FieldSpec.of(
              "concurrency",
              FieldKind.integer(1, SendLimits.MAX_CONCURRENCY),
              "Maximum requests in flight, on each node.")
          .example(4);

  /** All fields of the limits. */
  public static final FieldTable ALL =
      FieldTable.of("Limits", PER_SECOND, PER_MINUTE, PER_HOUR, CONCURRENCY)
          .named("Limits", "At most one of perSecond, perMinute and perHour.");

  private LimitFields() {}

  private static FieldSpec<Integer> rate(String name, String unit) {
    return FieldSpec.of(
        name,
        FieldKind.integer(1, SendRate.MAX_COUNT),
        "Maximum requests per " + unit + ", retries included; the nodes share them.");
  }

  /**
   * Returns the limits with the given values.
   *
   * @throws InvalidException if there is more than one rate, or neither a rate nor a concurrency
   */
  public static SendLimits limits(FieldValues given) {
    Objects.requireNonNull(given, "given");
    List<SendRate> rates = new ArrayList<>();
    add(rates, given.get(PER_SECOND), SendRate.Unit.SECOND);
    add(rates, given.get(PER_MINUTE), SendRate.Unit.MINUTE);
    add(rates, given.get(PER_HOUR), SendRate.Unit.HOUR);
    if (rates.size() > 1) {
      throw InvalidException.of("", "must have only one of perSecond, perMinute and perHour");
    }
    SendLimits limits =
        new SendLimits(rates.isEmpty() ? null : rates.get(0), given.get(CONCURRENCY));
    if (limits.isEmpty()) {
      throw InvalidException.of("", "must have a rate or a concurrency; null removes the limits");
    }
    return limits;
  }

  private static void add(List<SendRate> rates, @Nullable Integer count, SendRate.Unit unit) {
    if (count != null) {
      rates.add(new SendRate(count, unit));
    }
  }
}
