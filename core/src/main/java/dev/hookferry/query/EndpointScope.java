package dev.hookferry.query;

import dev.hookferry.id.EndpointId;
import java.util.Objects;
import java.util.Set;

/**
 * The set of endpoints that a query covers.
 *
 * @param ids the listed endpoints
 * @param only true for the listed endpoints only, false for all others
 */
public record EndpointScope(Set<EndpointId> ids, boolean only) {
  /** All endpoints. */
  public static final EndpointScope ALL = new EndpointScope(Set.of(), false);

  public EndpointScope {
    Objects.requireNonNull(ids, "ids");
    ids = Set.copyOf(ids);
  }

  /** Returns the scope of only these endpoints. */
  public static EndpointScope only(Set<EndpointId> ids) {
    return new EndpointScope(ids, true);
  }

  /** Returns the scope of all endpoints except these. */
  public static EndpointScope except(Set<EndpointId> ids) {
    return new EndpointScope(ids, false);
  }

  /** Returns whether the scope covers this endpoint. */
  public boolean contains(EndpointId id) {
    Objects.requireNonNull(id, "id");
    return ids.contains(id) == only;
  }
}
