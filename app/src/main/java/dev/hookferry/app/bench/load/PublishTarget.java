package dev.hookferry.app.bench.load;

import java.util.List;

/**
 * Where events are published.
 *
 * @param ports where
 * @param servers the servers there, which have a log; none for the raw parts
 */
public record PublishTarget(List<Integer> ports, List<ServerUnderTest> servers) {
  /** These servers, all on one store. */
  public static PublishTarget of(List<ServerUnderTest> servers) {
    return new PublishTarget(servers.stream().map(ServerUnderTest::port).toList(), servers);
  }

  public boolean hasLog() {
    return !servers.isEmpty();
  }

  /** How many deliveries the servers wrote into the log so far. */
  public long logged() {
    return servers.stream().mapToLong(server -> server.metrics().logged()).sum();
  }
}
