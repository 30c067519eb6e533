package dev.hookferry.observe;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An egress by which connections leave this node, and whether it works. Immutable.
 *
 * @param name the name by which endpoints and sites choose it
 * @param via the path of its connections, without credentials: proxies such as {@code
 *     socks5://10.0.0.9:1080}, or the local address that they leave from; empty if they leave
 *     directly. For operators only
 * @param isWorking false after all proxies have failed, until a connection is opened
 * @param failures how often a proxy failed since the node started, even if the other one then
 *     opened the connection, or how often the local address was missing
 * @param refusals how often a proxy did not connect to a receiver, though it works
 * @param lastFailure the reason of the last failure or refusal, which names the proxy; empty if
 *     there was none
 * @param failedAt its time, or null if there was none
 */
public record EgressState(
    String name,
    List<String> via,
    boolean isWorking,
    long failures,
    long refusals,
    String lastFailure,
    @Nullable Instant failedAt) {
  public EgressState {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(via, "via");
    Objects.requireNonNull(lastFailure, "lastFailure");
    via = List.copyOf(via);
  }

  /** Returns the state of an egress before its first connection. */
  public static EgressState unused(String name, List<String> via) {
    return new EgressState(name, via, true, 0, 0, "", null);
  }
}
