package dev.hookferry.internal.endpoint;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.UnknownName;
import dev.hookferry.store.config.Config;
import java.util.Optional;

/**
 * Rules for endpoint uids: names chosen by callers, unique in a site and accepted wherever an id
 * is.
 */
public final class EndpointUids {
  private EndpointUids() {}

  /**
   * Checks that no other endpoint of the site has the same uid.
   *
   * @param config the configuration that the change is based on; a conflicting change by another
   *     node makes the change start over
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

  /** Returns the id for an id or uid. An id is returned even if no endpoint has it. */
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
