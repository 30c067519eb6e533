package dev.hookferry.app.bench.load;

import java.util.List;

/**
 * The target of the producers.
 *
 * @param ports the ports to publish to
 * @param servers the servers on these ports; empty for the raw parts
 */
public record PublishTarget(List<Integer> ports, List<ServerUnderTest> servers) {
  /** Returns a target of several servers on one store. */
  public static PublishTarget of(List<ServerUnderTest> servers) {
    return new PublishTarget(servers.stream().map(ServerUnderTest::port).toList(), servers);
  }

  public boolean hasLog() {
    return !servers.isEmpty();
  }

  /** Returns how many deliveries the servers have logged so far. */
  public long logged() {
    return servers.stream().mapToLong(server -> server.metrics().logged()).sum();
  }
}
