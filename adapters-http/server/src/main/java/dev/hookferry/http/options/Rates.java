package dev.hookferry.http.options;

import dev.hookferry.refusal.InvalidException;
import java.util.Objects;

/**
 * Rate limits of callers: {@code Rates.DEFAULT.withPerKey(50)}. Immutable; each {@code with} method
 * checks its argument and returns a copy.
 */
public final class Rates {
  /**
   * The defaults: no limit per key, bursts of 100 requests if a limit is set, and 20 failed logins
   * per minute.
   */
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

  /**
   * Returns a copy with the given average number of requests per second for one key; 0 means no
   * limit.
   */
  public Rates withPerKey(int requests) {
    return new Rates(requests, burst, failedLogins);
  }

  /**
   * Returns a copy with the given burst: how many requests one key may make at once beyond its
   * average.
   */
  public Rates withBurst(int requests) {
    return new Rates(perKey, requests, failedLogins);
  }

  /**
   * Returns a copy with the given number of invalid keys per minute that one address may try before
   * it gets a 429.
   */
  public Rates withFailedLogins(int keys) {
    return new Rates(perKey, burst, keys);
  }

  /** Returns the average number of requests per second allowed for one key; 0 means no limit. */
  public int perKey() {
    return perKey;
  }

  /** Returns how many requests one key may make at once beyond its average. */
  public int burst() {
    return burst;
  }

  /** Returns how many invalid keys per minute one address may try before it gets a 429. */
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
