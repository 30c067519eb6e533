package dev.hookferry.http.options;

/**
 * How often callers may come.
 *
 * @param perKey requests a second that one key may make on the average, or 0 for any number
 * @param burst requests that one key may make at once, beyond that rate
 * @param failedLogins refused keys a minute that one address may send, before it gets 429 for them
 */
public record Rates(int perKey, int burst, int failedLogins) {
  /** No limit for keys, 20 failed logins a minute. */
  public static final Rates DEFAULT = new Rates(0, 100, 20);

  public Rates {
    if (perKey < 0 || burst < 1 || failedLogins < 1) {
      throw new IllegalArgumentException(
          "no such rates: " + perKey + " " + burst + " " + failedLogins);
    }
  }
}
