package dev.hookferry.internal.argument;

import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import java.util.Objects;

/** Range of times that every store can keep and every receiver can read: four-digit years. */
public final class StorableTimes {
  /** The earliest time. */
  public static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  /** The latest time, with the milliseconds that every store keeps. */
  public static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private StorableTimes() {}

  /**
   * Returns the given time if it is in range.
   *
   * @param field the field named in the exception
   * @param parameter the parameter named in a {@link NullPointerException}
   * @throws InvalidException if it is out of range
   */
  public static Instant checked(String field, Instant time, String parameter) {
    Objects.requireNonNull(time, parameter);
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw InvalidException.of(field, "must be in the years 1 to 9999 (got " + time + ")");
    }
    return time;
  }
}
