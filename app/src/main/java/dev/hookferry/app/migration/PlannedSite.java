package dev.hookferry.app.migration;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A site to be created or updated.
 *
 * @param origin its origin in the other system
 * @param name its display name; may be empty
 * @param uid its uid in the other system, or null if it has none
 * @param metadata notes for programs
 * @param rate the maximum rate of each endpoint, such as {@code 50/s}; empty for none, null if the
 *     other system has no such rate
 * @param types event types of its own
 * @param endpoints its endpoints
 */
public record PlannedSite(
    Origin origin,
    String name,
    @Nullable String uid,
    Map<String, String> metadata,
    @Nullable String rate,
    List<PlannedType> types,
    List<PlannedEndpoint> endpoints) {
  public PlannedSite {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(name, "name");
    metadata = Map.copyOf(metadata);
    types = List.copyOf(types);
    endpoints = List.copyOf(endpoints);
  }

  /**
   * Origin of a site or endpoint in the other system.
   *
   * @param sender the name of the other system
   * @param id its id there
   */
  public record Origin(String sender, String id) {
    public Origin {
      Objects.requireNonNull(sender, "sender");
      Objects.requireNonNull(id, "id");
    }

    /** Returns the name of the metadata entry that stores the id, such as {@code svix.id}. */
    public String key() {
      return sender + ".id";
    }
  }

  /** Returns its name in a report. */
  public String label() {
    if (uid != null) {
      return uid;
    }
    return name.isEmpty() ? origin.id() : name;
  }
}
