package dev.hookferry;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.ArrayList;
import java.util.List;

/**
 * Effect that a change of the server properties would have on a site's endpoints.
 *
 * @param added endpoints that would be created
 * @param changed endpoints whose event types would change, with their new event types
 * @param removed endpoints that would lose their last event type; their pending deliveries would be
 *     cancelled
 */
public record ServerPropertiesPlan(
    List<Endpoint> added, List<Endpoint> changed, List<Endpoint> removed) {
  public ServerPropertiesPlan {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
  }

  static ServerPropertiesPlan of(Config before, List<ConfigChange> changes) {
    List<Endpoint> added = new ArrayList<>();
    List<Endpoint> changed = new ArrayList<>();
    List<Endpoint> removed = new ArrayList<>();
    for (ConfigChange change : changes) {
      if (change instanceof ConfigChange.PutEndpoint put) {
        EndpointId id = put.endpoint().id();
        (before.endpoints().containsKey(id) ? changed : added).add(put.endpoint());
      } else if (change instanceof ConfigChange.RemoveEndpoint gone) {
        Endpoint endpoint = before.endpoints().get(gone.id());
        if (endpoint != null) {
          removed.add(endpoint);
        }
      }
    }
    return new ServerPropertiesPlan(added, changed, removed);
  }
}
