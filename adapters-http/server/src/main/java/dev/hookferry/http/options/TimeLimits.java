package dev.hookferry.http.options;

import dev.hookferry.refusal.InvalidException;
import java.time.Duration;

/**
 * Time limits of the HTTP server.
 *
 * @param body limit for receiving a whole body; at least 1 ms
 * @param head limit from the first byte of a request head to its last; at least 1 ms
 * @param idle limit for the first byte of the first or next request; at least 1 ms
 * @param commit limit for committing a publish; at least 1 ms
 * @param grace limit for requests in flight when the server is closed; zero means no waiting
 * @param portalStep portal replies are delayed to the next multiple of this duration, which hides
 *     timing differences; zero turns this off
 */
public record TimeLimits(
    Duration body,
    Duration head,
    Duration idle,
    Duration commit,
    Duration grace,
    Duration portalStep) {
  static final TimeLimits DEFAULT =
      new TimeLimits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMillis(5));

  private static final Duration MIN_TIME = Duration.ofMillis(1);
  private static final Duration MAX_STEP = Duration.ofSeconds(1);

  TimeLimits body(Duration limit) {
    return new TimeLimits(checked("bodyTimeout", limit), head, idle, commit, grace, portalStep);
  }

  TimeLimits head(Duration limit) {
    return new TimeLimits(body, checked("headTimeout", limit), idle, commit, grace, portalStep);
  }

  TimeLimits idle(Duration limit) {
    return new TimeLimits(body, head, checked("idleTimeout", limit), commit, grace, portalStep);
  }

  TimeLimits commit(Duration limit) {
    return new TimeLimits(body, head, idle, checked("commitTimeout", limit), grace, portalStep);
  }

  TimeLimits grace(Duration limit) {
    if (limit.isNegative()) {
      throw InvalidException.of("grace", "must not be negative (got " + limit + ")");
    }
    return new TimeLimits(body, head, idle, commit, limit, portalStep);
  }

  TimeLimits portalStep(Duration step) {
    if (step.isNegative() || step.compareTo(MAX_STEP) > 0) {
      throw InvalidException.of("portalReplyStep", "must be from 0 to 1 s (got " + step + ")");
    }
    return new TimeLimits(body, head, idle, commit, grace, step);
  }

  private static Duration checked(String field, Duration limit) {
    if (limit.compareTo(MIN_TIME) < 0) {
      throw InvalidException.of(field, "must be at least 1 ms (got " + limit + ")");
    }
    return limit;
  }
}
