package dev.hookferry.http.options;

/**
 * Rate limits of callers.
 *
 * @param perKey average requests per second of one key, or 0 for no limit
 * @param burst requests that one key may make at once, beyond that rate
 * @param failedLogins invalid keys per minute from one address before it gets 429
 */
public record Rates(int perKey, int burst, int failedLogins) {
  /** No limit for keys, 20 failed logins per minute. */
  public static final Rates DEFAULT = new Rates(0, 100, 20);

  public Rates {
    if (perKey < 0 || burst < 1 || failedLogins < 1) {
      throw new IllegalArgumentException(
          "invalid rates: " + perKey + " " + burst + " " + failedLogins);
    }
  }
}
