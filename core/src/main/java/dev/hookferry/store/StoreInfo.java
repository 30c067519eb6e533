package dev.hookferry.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a store says of itself, for people.
 *
 * @param kind what it is, such as {@code PostgreSQL 18.1}; no credentials
 * @param layout the version of its tables or files; empty if it has none
 * @param bytes how much room it takes where it is kept, or null if that is not known
 * @param nodes the processes that are alive in it, longest first; empty if the store does not track
 *     them
 */
public record StoreInfo(String kind, String layout, @Nullable Long bytes, List<LiveNode> nodes) {
  public StoreInfo {
    nodes = List.copyOf(nodes);
  }

  /**
   * A process that is alive.
   *
   * @param name as it calls itself; several may have the same
   * @param since when it began
   * @param heardAt when it last showed that it is alive
   */
  public record LiveNode(String name, Instant since, Instant heardAt) {}
}
