package dev.hookferry.app.logging;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Last failed attempt and log rate limiter of each endpoint that failed recently. Allows three
 * lines per endpoint and minute, and 60 per minute in total. Thread-safe.
 */
final class FailedAttempts {
  private static final String EVENT = "attempt failed";

  /** Scheme, host and port; in an attempt that was not sent, names of a template may follow. */
  private static final Pattern ORIGIN = Pattern.compile("[^/?]*//[^/?]*");

  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final int LINES = 3;
  private static final int IN_ALL = 60;
  private static final int ENDPOINTS = 1_000;

  private final Logger log;
  private final InstantSource clock;
  private final RateLimitedLogger all;
  private final Map<EndpointId, Failing> failing = new LinkedHashMap<>();

  /** Suppressed lines that are not reported by endpoint. */
  private long others;

  private record Last(DeliveryId delivery, String host, String outcome, int status, String detail) {
    static Last of(Attempt attempt) {
      Outcome outcome = attempt.outcome();
      return new Last(
          attempt.delivery(),
          FailedAttempts.host(attempt),
          outcome.kind().code(),
          outcome.statusCode(),
          outcome.detail());
    }
  }

  private static final class Failing {
    private final RateLimitedLogger limiter;
    private Last last;

    Failing(RateLimitedLogger limiter, Last last) {
      this.limiter = limiter;
      this.last = last;
    }
  }

  FailedAttempts(Logger log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
    all = new RateLimitedLogger(clock, IN_ALL, PERIOD);
  }

  /**
   * Records a failed attempt.
   *
   * @return the number of lines about its endpoint suppressed before, or empty if the line about
   *     this attempt must be suppressed too
   */
  synchronized OptionalLong take(Attempt failed) {
    RateLimitedLogger limiter = remembered(failed).limiter;
    OptionalLong before = limiter.take();
    if (before.isPresent() && all.take().isEmpty()) {
      limiter.leaveOut(before.getAsLong() + 1);
      return OptionalLong.empty();
    }
    return before;
  }

  private Failing remembered(Attempt failed) {
    Last last = Last.of(failed);
    Failing known = failing.get(failed.endpoint());
    if (known != null) {
      known.last = last;
      return known;
    }
    if (failing.size() == ENDPOINTS) {
      Iterator<Failing> oldest = failing.values().iterator();
      others += oldest.next().limiter.leftOut(true);
      oldest.remove();
    }
    Failing fresh = new Failing(new RateLimitedLogger(clock, LINES, PERIOD), last);
    failing.put(failed.endpoint(), fresh);
    return fresh;
  }

  /** Returns scheme, host and port of an endpoint's last failed attempt; empty if none is known. */
  synchronized Optional<String> lastHost(EndpointId endpoint) {
    return Optional.ofNullable(failing.get(endpoint)).map(known -> known.last.host());
  }

  /** Adds a delivery's last failed attempt to its line, if that is also its endpoint's last. */
  synchronized LoggingEventBuilder last(LoggingEventBuilder line, Delivery delivery) {
    Failing known = failing.get(delivery.endpoint());
    if (known == null || !known.last.delivery().equals(delivery.id())) {
      return line;
    }
    Last last = known.last;
    LoggingEventBuilder more =
        line.addKeyValue("to", last.host()).addKeyValue("outcome", last.outcome());
    return LinePairs.count(more, "status", last.status()).addKeyValue("detail", last.detail());
  }

  /** Logs how many lines were suppressed in periods that have ended, or in all at the end. */
  synchronized void logSuppressed(boolean isLast) {
    int lines = 0;
    for (Map.Entry<EndpointId, Failing> one : failing.entrySet()) {
      long suppressed = one.getValue().limiter.leftOut(isLast);
      if (suppressed > 0 && lines == IN_ALL) {
        others += suppressed;
      } else if (suppressed > 0) {
        lines++;
        logSuppressed(one.getKey(), one.getValue().last, suppressed);
      }
    }
    if (others > 0) {
      log.atInfo().addKeyValue("suppressed", others).log(EVENT + LinePairs.LEFT_OUT);
      others = 0;
    }
  }

  private void logSuppressed(EndpointId endpoint, Last last, long suppressed) {
    LoggingEventBuilder line =
        log.atInfo()
            .addKeyValue("endpoint", endpoint)
            .addKeyValue("to", last.host())
            .addKeyValue("outcome", last.outcome());
    LinePairs.count(line, "status", last.status())
        .addKeyValue("suppressed", suppressed)
        .log(EVENT + LinePairs.LEFT_OUT);
  }

  /** Returns scheme, host and port of an attempt's URL. */
  static String host(Attempt attempt) {
    Matcher origin = ORIGIN.matcher(attempt.url());
    return origin.lookingAt() ? origin.group() : "";
  }
}
