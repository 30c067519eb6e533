package dev.hookferry.app.bench;

import java.util.List;

/**
 * Where events are published.
 *
 * @param ports where
 * @param servers the servers there, which have a log; none for the raw parts
 */
record Target(List<Integer> ports, List<ServerUnderTest> servers) {
  /** These servers, all on one store. */
  static Target of(List<ServerUnderTest> servers) {
    return new Target(servers.stream().map(ServerUnderTest::port).toList(), servers);
  }

  boolean hasLog() {
    return !servers.isEmpty();
  }

  /** How many deliveries the servers wrote into the log so far. */
  long logged() {
    return servers.stream().mapToLong(server -> server.metrics().logged()).sum();
  }
}
