package dev.hookferry.http.client;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Resolves host names. Implementations must be thread-safe. */
@FunctionalInterface
public interface NameResolver {
  /**
   * Resolves a name to IPv4 and IPv6 addresses. May block.
   *
   * @param host a name in lower case, without a trailing dot
   * @return its addresses in the order in which to try them
   * @throws java.net.UnknownHostException if the name does not exist or has no address, which
   *     counts as a failure of the receiver
   * @throws IOException if the resolver itself failed, which does not count against the receiver
   */
  List<InetAddress> resolve(String host) throws IOException;
}
