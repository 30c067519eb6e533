package dev.hookferry.http.client;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Finds the addresses of a host. Must be thread-safe. */
@FunctionalInterface
public interface NameResolver {
  /**
   * Resolves a name of both address families; may block.
   *
   * @param host a name in lower case, without a trailing dot
   * @return its addresses in the order in which to try them
   * @throws java.net.UnknownHostException if there is no such name or it has no address: the
   *     receiver's fault
   * @throws IOException if the resolver itself failed: ours
   */
  List<InetAddress> resolve(String host) throws IOException;
}
