package dev.hookferry.store.config;

import dev.hookferry.access.ApiKey;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.Site;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One change of the configuration. */
public sealed interface ConfigChange {
  /** What of some changes the audit log is to tell, in their order. */
  static List<AuditEntry> notes(List<ConfigChange> changes) {
    return changes.stream()
        .flatMap(change -> change instanceof Note note ? Stream.of(note.entry()) : Stream.empty())
        .toList();
  }

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

  /** Begins a rotation to the master key with this name, or ends it if that is null. */
  record PutRotation(@Nullable String key) implements ConfigChange {}

  /** Changes nothing: what the audit log is to tell of the changes that come with it. */
  record Note(AuditEntry entry) implements ConfigChange {}
}
