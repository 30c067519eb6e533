package dev.hookferry.http.options;

import dev.hookferry.refusal.InvalidException;
import java.util.Objects;

/**
 * Rate limits of callers: {@code Rates.DEFAULT.withPerKey(50)}. Immutable; each {@code with} method
 * returns a copy and checks its argument at once.
 */
public final class Rates {
  /** No limit for keys, bursts of 100 requests if there is one, 20 failed logins per minute. */
  public static final Rates DEFAULT = new Rates(0, 100, 20);

  private final int perKey;
  private final int burst;
  private final int failedLogins;

  private Rates(int perKey, int burst, int failedLogins) {
    this.perKey = atLeast(0, "perKey", perKey);
    this.burst = atLeast(1, "burst", burst);
    this.failedLogins = atLeast(1, "failedLogins", failedLogins);
  }

  private static int atLeast(int least, String field, int value) {
    if (value < least) {
      throw InvalidException.of(field, "must be at least " + least + " (got " + value + ")");
    }
    return value;
  }

  /** Returns a copy with the given average of requests per second of one key, or 0 for no limit. */
  public Rates withPerKey(int requests) {
    return new Rates(requests, burst, failedLogins);
  }

  /** Returns a copy with the given requests that one key may make at once, beyond its average. */
  public Rates withBurst(int requests) {
    return new Rates(perKey, requests, failedLogins);
  }

  /** Returns a copy with the given invalid keys per minute from one address before it gets 429. */
  public Rates withFailedLogins(int keys) {
    return new Rates(perKey, burst, keys);
  }

  /** Returns the average requests per second of one key, or 0 for no limit. */
  public int perKey() {
    return perKey;
  }

  /** Returns the requests that one key may make at once, beyond its average. */
  public int burst() {
    return burst;
  }

  /** Returns the invalid keys per minute from one address before it gets 429. */
  public int failedLogins() {
    return failedLogins;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rates rates
        && perKey == rates.perKey
        && burst == rates.burst
        && failedLogins == rates.failedLogins;
  }

  @Override
  public int hashCode() {
    return Objects.hash(perKey, burst, failedLogins);
  }

  /** Returns all limits by name. */
  @Override
  public String toString() {
    return "perKey " + perKey + ", burst " + burst + ", failedLogins " + failedLogins;
  }
}
