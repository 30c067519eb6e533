package dev.hookferry.query;

import dev.hookferry.id.EndpointId;
import dev.hookferry.internal.argument.NoNulls;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The set of endpoints that a query covers.
 *
 * @param ids the listed endpoints
 * @param only true to cover only the listed endpoints, false to cover all others
 */
public record EndpointScope(Set<EndpointId> ids, boolean only) {
  /** All endpoints. */
  public static final EndpointScope ALL = new EndpointScope(Set.of(), false);

  public EndpointScope {
    NoNulls.in(ids, "ids");
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

  /** Returns the scope of the endpoints that both scopes cover. */
  public EndpointScope and(EndpointScope other) {
    Objects.requireNonNull(other, "other");
    if (only) {
      return only(ids.stream().filter(other::contains).collect(Collectors.toSet()));
    }
    return other.only
        ? other.and(this)
        : except(Stream.concat(ids.stream(), other.ids.stream()).collect(Collectors.toSet()));
  }

  /** Returns whether the scope covers this endpoint. */
  public boolean contains(EndpointId id) {
    Objects.requireNonNull(id, "id");
    return ids.contains(id) == only;
  }
}
