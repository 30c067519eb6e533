package dev.hookferry.http.route;

import dev.hookferry.http.metrics.Counter;
import dev.hookferry.http.metrics.PrometheusText;
import dev.hookferry.http.options.Rates;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Counts logins that failed, by the address that they came from, and tells them in the log. A valid
 * API key is let in all the same: it cannot be guessed, and whoever shares an address with a
 * guesser must not be locked out by them. Where people choose the secret, ask {@link #blockedFor}
 * before it is looked at. Thread-safe, bounded in memory and in lines of the log.
 */
public final class FailedLogins {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.http");
  private static final int MOST_ADDRESSES = 10_000;
  private static final int LINES_AT_ONCE = 50;
  private static final double SECONDS_A_MINUTE = 60;

  private final TokenBuckets<String> byAddress;
  private final TokenBuckets<String> lines;
  private final Counter failed =
      new Counter("hookferry_failed_logins_total", "Requests with a key that is none.", "answer");

  FailedLogins(Rates rates, InstantSource clock) {
    int most = rates.failedLogins();
    byAddress = new TokenBuckets<>(most / SECONDS_A_MINUTE, most, MOST_ADDRESSES, clock);
    lines = new TokenBuckets<>(1, LINES_AT_ONCE, 1, clock);
    failed.add(0, "401");
    failed.add(0, "429");
  }

  /** For how long an address has no login left that may fail; nothing, if it has one. */
  public Duration blockedFor(String address) {
    return byAddress.untilNext(network(address));
  }

  /**
   * Counts a failure.
   *
   * @param what was tried, without anything secret
   * @return how long to wait, if it was one too many
   */
  public Duration count(String address, String what) {
    Duration wait = byAddress.take(network(address));
    failed.add(1, wait.isZero() ? "401" : "429");
    if (wait.isZero() && lines.take("").isZero()) {
      LOG.log(System.Logger.Level.WARNING, "failed login from {0}: {1}", address, what);
    }
    return wait;
  }

  void write(PrometheusText text) {
    failed.write(text);
  }

  /** Who has an address of IPv6 has all others of its /64, too. */
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
