package dev.hookferry.site;

import dev.hookferry.endpoint.Endpoint;
import java.util.List;
import java.util.Objects;

/**
 * Effect of a change to the server properties on a site's endpoints.
 *
 * @param added endpoints that would be created
 * @param changed endpoints whose event types would change, with their new event types
 * @param narrowed endpoints in {@code changed} for which a fixed list of event types would replace
 *     a pattern such as {@code *}
 * @param removed endpoints that would lose their last event type; their pending deliveries would be
 *     cancelled
 * @param warnings possible mistakes: host names in new URLs that do not currently resolve, patterns
 *     such as {@code *} that would be replaced by a fixed list of event types, a masked secret key
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

  /** Creates a plan in which no endpoint would lose a pattern. */
  public ServerPropertiesPlan(
      List<Endpoint> added, List<Endpoint> changed, List<Endpoint> removed, List<String> warnings) {
    this(added, changed, List.of(), removed, warnings);
  }
}
