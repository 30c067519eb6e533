package dev.hookferry.site;

import dev.hookferry.endpoint.Endpoint;
import java.util.List;
import java.util.Objects;

/**
 * Effect that a change of the server properties would have on a site's endpoints.
 *
 * @param added endpoints that would be created
 * @param changed endpoints whose event types would change, with their new event types
 * @param narrowed endpoints in {@code changed} that would lose a pattern such as {@code *} and get
 *     a fixed list of event types
 * @param removed endpoints that would lose their last event type; their pending deliveries would be
 *     cancelled
 * @param warnings possible mistakes: host names in new URLs that do not resolve at this moment,
 *     patterns such as {@code *} that would become a fixed list of event types, a masked secret key
 *     for a site that has none, and a secret key that begins or ends with white space
 */
public record ServerPropertiesPlan(
    List<Endpoint> added,
    List<Endpoint> changed,
    List<Endpoint> narrowed,
    List<Endpoint> removed,
    List<String> warnings) {
  public ServerPropertiesPlan {
    Objects.requireNonNull(added, "added");
    Objects.requireNonNull(changed, "changed");
    Objects.requireNonNull(narrowed, "narrowed");
    Objects.requireNonNull(removed, "removed");
    Objects.requireNonNull(warnings, "warnings");
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    narrowed = List.copyOf(narrowed);
    removed = List.copyOf(removed);
    warnings = List.copyOf(warnings);
  }

  /** Creates a plan by which no endpoint would lose a pattern. */
  public ServerPropertiesPlan(
      List<Endpoint> added, List<Endpoint> changed, List<Endpoint> removed, List<String> warnings) {
    this(added, changed, List.of(), removed, warnings);
  }
}
