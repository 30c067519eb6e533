package dev.hookferry.store.config;

import dev.hookferry.access.ApiKey;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.Site;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A change of the configuration. */
public sealed interface ConfigChange {
  /** Calls the fold's method for this kind of change and returns its result. */
  <R> R fold(Fold<R> fold);

  /**
   * Handles each kind of change. A new kind adds a method, so no caller can miss it.
   *
   * @param <R> the type of the result
   */
  interface Fold<R> {
    /** Folds the addition or replacement of a site. */
    R putSite(Site site);

    /** Folds the removal of a site with everything that belongs to it. */
    R removeSite(SiteId id);

    /** Folds the addition or replacement of an endpoint. */
    R putEndpoint(Endpoint endpoint);

    /** Folds the removal of an endpoint. */
    R removeEndpoint(EndpointId id);

    /** Folds the addition or replacement of an event type's description. */
    R putEventType(EventTypeDefinition definition);

    /** Folds the removal of an event type's description. */
    R removeEventType(SiteId site, EventType type);

    /** Folds the addition of an API key. */
    R putKey(ApiKey key);

    /** Folds the removal of an API key. */
    R removeKey(KeyId id);

    /** Folds the beginning of a rotation, or its end if the key is null. */
    R putRotation(@Nullable String key);

    /** Folds an audit entry. */
    R note(AuditEntry entry);
  }

  /** Returns the audit entries among these changes, in order. */
  static List<AuditEntry> notes(List<ConfigChange> changes) {
    Objects.requireNonNull(changes, "changes");
    return changes.stream()
        .flatMap(change -> change instanceof Note note ? Stream.of(note.entry()) : Stream.empty())
        .toList();
  }

  /** Adds a site or replaces the one with the same name. */
  record PutSite(Site site) implements ConfigChange {
    public PutSite {
      Objects.requireNonNull(site, "site");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.putSite(site);
    }
  }

  /** Removes a site with its endpoints, event types and the API keys bound to it. */
  record RemoveSite(SiteId id) implements ConfigChange {
    public RemoveSite {
      Objects.requireNonNull(id, "id");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.removeSite(id);
    }
  }

  /** Adds an endpoint or replaces the one with the same id. */
  record PutEndpoint(Endpoint endpoint) implements ConfigChange {
    public PutEndpoint {
      Objects.requireNonNull(endpoint, "endpoint");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.putEndpoint(endpoint);
    }
  }

  /** Removes an endpoint. */
  record RemoveEndpoint(EndpointId id) implements ConfigChange {
    public RemoveEndpoint {
      Objects.requireNonNull(id, "id");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.removeEndpoint(id);
    }
  }

  /** Adds or replaces the description of an event type. */
  record PutEventType(EventTypeDefinition definition) implements ConfigChange {
    public PutEventType {
      Objects.requireNonNull(definition, "definition");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.putEventType(definition);
    }
  }

  /** Removes the description of an event type. */
  record RemoveEventType(SiteId site, EventType type) implements ConfigChange {
    public RemoveEventType {
      Objects.requireNonNull(site, "site");
      Objects.requireNonNull(type, "type");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.removeEventType(site, type);
    }
  }

  /** Adds an API key. */
  record PutKey(ApiKey key) implements ConfigChange {
    public PutKey {
      Objects.requireNonNull(key, "key");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.putKey(key);
    }
  }

  /** Removes an API key. */
  record RemoveKey(KeyId id) implements ConfigChange {
    public RemoveKey {
      Objects.requireNonNull(id, "id");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.removeKey(id);
    }
  }

  /**
   * Records a running rotation to the master key with this name, or its end if the name is null.
   */
  record PutRotation(@Nullable String key) implements ConfigChange {
    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.putRotation(key);
    }
  }

  /** An audit entry for the changes written with it; changes nothing itself. */
  record Note(AuditEntry entry) implements ConfigChange {
    public Note {
      Objects.requireNonNull(entry, "entry");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.note(entry);
    }
  }
}
