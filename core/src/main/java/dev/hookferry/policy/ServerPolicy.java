package dev.hookferry.policy;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The server's defaults for settings that neither an endpoint nor its site has.
 *
 * @param timeout the time limit of an attempt
 * @param concurrency the maximum requests in flight to one endpoint, on each node; also caps the
 *     settings of sites and endpoints
 * @param egress the name of the egress used for connections, or null for direct ones
 */
public record ServerPolicy(Duration timeout, int concurrency, @Nullable String egress) {
  public ServerPolicy {
    Objects.requireNonNull(timeout, "timeout");
  }
}
