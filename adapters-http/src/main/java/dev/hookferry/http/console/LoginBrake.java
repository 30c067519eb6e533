package dev.hookferry.http.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down who guesses keys: after some failed logins an address has to wait, and so has
 * everybody after very many. Thread-safe.
 */
final class LoginBrake {
  private static final int MOST_OF_ONE = 5;
  private static final int MOST_OF_ALL = 100;
  private static final Duration SPAN = Duration.ofMinutes(1);
  private static final int MOST_KEPT = 10_000;

  private final InstantSource clock;
  private final Map<String, Failures> byAddress = new LinkedHashMap<>();
  private Failures ofAll = new Failures(Instant.EPOCH, 0);

  LoginBrake(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether this address may try now. */
  synchronized boolean admits(String address) {
    Instant now = clock.instant();
    return of(address).at(now).count() < MOST_OF_ONE && ofAll.at(now).count() < MOST_OF_ALL;
  }

  /** Notes a login that failed. */
  synchronized void failed(String address) {
    Instant now = clock.instant();
    Failures next = of(address).at(now).plusOne();
    byAddress.remove(address);
    byAddress.put(address, next);
    ofAll = ofAll.at(now).plusOne();
    if (byAddress.size() > MOST_KEPT) {
      byAddress.remove(byAddress.keySet().iterator().next());
    }
  }

  private Failures of(String address) {
    return byAddress.getOrDefault(address, new Failures(Instant.EPOCH, 0));
  }

  private record Failures(Instant since, int count) {
    Failures at(Instant now) {
      return now.isBefore(since.plus(SPAN)) ? this : new Failures(now, 0);
    }

    Failures plusOne() {
      return new Failures(since, count + 1);
    }
  }
}
