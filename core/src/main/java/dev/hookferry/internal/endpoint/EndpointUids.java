package dev.hookferry.internal.endpoint;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.UnknownName;
import dev.hookferry.store.config.Config;
import java.util.Optional;

/** The names that callers give endpoints: unique in a site, and valid wherever an id is. */
public final class EndpointUids {
  private EndpointUids() {}

  /**
   * Checks that no other endpoint of the site has its uid.
   *
   * @param config the configuration that a change is based on, so no other node can take the uid
   */
  public static void requireFree(Config config, Endpoint endpoint) {
    if (endpoint.uid() == null) {
      return;
    }
    Optional<Endpoint> other =
        config
            .endpoint(endpoint.site(), endpoint.uid())
            .filter(named -> !named.id().equals(endpoint.id()));
    if (other.isPresent()) {
      throw InvalidException.of(
          "uid", "is already the uid of " + other.get().id() + "; choose another one");
    }
  }

  /** Returns the id of the endpoint with this id or uid; an id need not belong to an endpoint. */
  public static EndpointId idOf(Config config, SiteId site, String name) {
    return config
        .endpoint(site, name)
        .map(Endpoint::id)
        .or(() -> EndpointId.find(name))
        .orElseThrow(
            () ->
                InvalidException.of(
                    "",
                    "must be the id or uid of an endpoint of this site",
                    UnknownName.of(UnknownName.ENDPOINT, name)));
  }
}
