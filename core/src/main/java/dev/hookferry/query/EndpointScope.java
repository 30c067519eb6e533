package dev.hookferry.query;

import dev.hookferry.id.EndpointId;
import java.util.Set;

/**
 * Which endpoints a query looks at.
 *
 * @param ids the endpoints meant
 * @param only whether only these, or all but these
 */
public record EndpointScope(Set<EndpointId> ids, boolean only) {
  /** All endpoints. */
  public static final EndpointScope ALL = new EndpointScope(Set.of(), false);

  public EndpointScope {
    ids = Set.copyOf(ids);
  }

  /** These alone. */
  public static EndpointScope only(Set<EndpointId> ids) {
    return new EndpointScope(ids, true);
  }

  /** All but these. */
  public static EndpointScope except(Set<EndpointId> ids) {
    return new EndpointScope(ids, false);
  }

  /** Whether it looks at this endpoint. */
  public boolean contains(EndpointId id) {
    return ids.contains(id) == only;
  }
}
