package dev.hookferry.store;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Information about a store for operators.
 *
 * @param kind kind and version, such as {@code PostgreSQL 18.1}; no credentials
 * @param layout the schema or file format version; empty if it has none
 * @param bytes its size on disk, or null if unknown
 * @param nodes the live processes that use it, longest running first; empty if the store does not
 *     track them
 */
public record StoreInfo(String kind, String layout, @Nullable Long bytes, List<LiveNode> nodes) {
  public StoreInfo {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(nodes, "nodes");
    nodes = List.copyOf(nodes);
  }

  /**
   * A live process.
   *
   * @param name its display name; not necessarily unique
   * @param since when it started
   * @param heardAt its last heartbeat
   */
  public record LiveNode(String name, Instant since, Instant heardAt) {
    public LiveNode {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(since, "since");
      Objects.requireNonNull(heardAt, "heardAt");
    }
  }
}
