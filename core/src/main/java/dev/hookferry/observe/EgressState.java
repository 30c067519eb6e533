package dev.hookferry.observe;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * State of an egress: a route by which connections leave this node. Immutable.
 *
 * @param name the name by which endpoints and sites choose it
 * @param via the path of its connections, without credentials: proxies such as {@code
 *     socks5://10.0.0.9:1080}, or the local address that they leave from; empty if they leave
 *     directly. For operators only
 * @param isWorking false after all proxies have failed, until a connection is opened
 * @param failures number of times since the node started that a proxy failed, even if the other one
 *     then opened the connection, or that the local address was missing
 * @param refusals number of times that a working proxy did not connect to a receiver
 * @param lastFailure the reason of the last failure or refusal, which names the proxy; empty if
 *     there was none
 * @param failedAt time of that failure or refusal, or null if there was none
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
