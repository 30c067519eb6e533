package dev.hookferry.app.logging;

import dev.hookferry.app.text.BoundedMap;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.id.EndpointId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Host and rate limiter of each endpoint whose attempts failed lately. Thread-safe. */
final class FailedAttempts {
  /** Scheme, host and port; an attempt that was not sent has the names of a template behind it. */
  private static final Pattern ORIGIN = Pattern.compile("[^/?]*//[^/?]*");

  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final int LINES = 3;
  private static final int ENDPOINTS = 1_000;

  private final InstantSource clock;
  private final Map<EndpointId, RateLimitedLogger> limiters = new BoundedMap<>(ENDPOINTS);
  private final Map<EndpointId, String> hosts = new BoundedMap<>(ENDPOINTS);

  FailedAttempts(InstantSource clock) {
    this.clock = clock;
  }

  /** Adds a failed attempt; see {@link RateLimitedLogger#take}. */
  synchronized OptionalLong take(Attempt failed) {
    hosts.put(failed.endpoint(), host(failed));
    return limiters
        .computeIfAbsent(failed.endpoint(), id -> new RateLimitedLogger(clock, LINES, PERIOD))
        .take();
  }

  /** Returns the host of the endpoint's last failed attempt; empty if this process made none. */
  synchronized Optional<String> lastHost(EndpointId endpoint) {
    return Optional.ofNullable(hosts.get(endpoint));
  }

  /** Returns scheme, host and port of an attempt's URL. */
  static String host(Attempt attempt) {
    Matcher origin = ORIGIN.matcher(attempt.url());
    return origin.lookingAt() ? origin.group() : "";
  }
}
