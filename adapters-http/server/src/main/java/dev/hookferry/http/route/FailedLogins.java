package dev.hookferry.http.route;

import dev.hookferry.http.metrics.Metrics;
import dev.hookferry.http.options.Rates;
import io.prometheus.metrics.core.metrics.Counter;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Rate limiter and log of failed logins, by client address. A valid API key is accepted even from a
 * blocked address: keys cannot be guessed, and a user must not be locked out by a guesser behind
 * the same address. Where users choose the secret, check {@link #blockedFor} before verifying it.
 * Thread-safe; bounded in memory and in log lines.
 */
public final class FailedLogins {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.http");
  private static final int MAX_ADDRESSES = 10_000;
  private static final int LINES_AT_ONCE = 50;
  private static final double SECONDS_A_MINUTE = 60;

  private final TokenBuckets<String> byAddress;
  private final TokenBuckets<String> lines;
  private final Counter failed;

  FailedLogins(Rates rates, InstantSource clock, Metrics metrics) {
    int max = rates.failedLogins();
    byAddress = new TokenBuckets<>(max / SECONDS_A_MINUTE, max, MAX_ADDRESSES, clock);
    lines = new TokenBuckets<>(1, LINES_AT_ONCE, 1, clock);
    failed =
        metrics.counter("hookferry_failed_logins_total", "Requests with an invalid key.", "status");
    failed.initLabelValues("401");
    failed.initLabelValues("429");
  }

  /** Returns how long an address is blocked; zero if it may still fail. */
  public Duration blockedFor(String address) {
    return byAddress.untilNext(network(address));
  }

  /**
   * Counts a failure.
   *
   * @param what the kind of login, without anything secret
   * @return how long the address is now blocked; zero if it is not
   */
  public Duration count(String address, String what) {
    Duration wait = byAddress.take(network(address));
    failed.labelValues(wait.isZero() ? "401" : "429").inc();
    if (wait.isZero() && lines.take("").isZero()) {
      LOG.log(System.Logger.Level.WARNING, "failed login client={0} reason=\"{1}\"", address, what);
    }
    return wait;
  }

  /**
   * Returns the part of an address to count by: for IPv6 its /64, which one client usually owns.
   */
  static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    String[] groups = address.split(":", -1);
    StringBuilder network = new StringBuilder();
    for (int i = 0; i < Math.min(4, groups.length); i++) {
      network.append(groups[i]).append(':');
    }
    return network.toString();
  }
}
