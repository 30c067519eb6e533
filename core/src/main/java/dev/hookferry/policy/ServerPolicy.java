package dev.hookferry.policy;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Defaults for endpoints whose site and own settings give no value.
 *
 * @param timeout the time limit of an attempt
 * @param concurrency the maximum requests in flight to one endpoint; no site or endpoint can have
 *     more
 * @param egress the name of the egress that connections leave by, or null to leave directly
 */
public record ServerPolicy(Duration timeout, int concurrency, @Nullable String egress) {
  public ServerPolicy {
    Objects.requireNonNull(timeout, "timeout");
  }
}
