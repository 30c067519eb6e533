package dev.hookferry.policy;

import java.time.Duration;
import java.util.Objects;

/**
 * What holds for endpoints whose site and own settings say nothing else.
 *
 * @param timeout the time limit of an attempt
 * @param concurrency the most requests in flight at once to one endpoint; no site or endpoint can
 *     have more
 */
public record ServerPolicy(Duration timeout, int concurrency) {
  public ServerPolicy {
    Objects.requireNonNull(timeout, "timeout");
  }
}
