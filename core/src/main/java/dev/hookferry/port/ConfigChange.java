package dev.hookferry.port;

import dev.hookferry.access.ApiKey;
import dev.hookferry.access.KeyId;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.Site;
import dev.hookferry.endpoint.SiteId;

/** One change of the configuration. */
public sealed interface ConfigChange {
  /** Adds a site or puts it in the place of the one with the same name. */
  record PutSite(Site site) implements ConfigChange {}

  /** Removes a site with its endpoints and the keys that are bound to it. */
  record RemoveSite(SiteId id) implements ConfigChange {}

  /** Adds an endpoint or puts it in the place of the one with the same id. */
  record PutEndpoint(Endpoint endpoint) implements ConfigChange {}

  /** Removes an endpoint. */
  record RemoveEndpoint(EndpointId id) implements ConfigChange {}

  /** Adds an API key. */
  record PutKey(ApiKey key) implements ConfigChange {}

  /** Removes an API key. */
  record RemoveKey(KeyId id) implements ConfigChange {}
}
