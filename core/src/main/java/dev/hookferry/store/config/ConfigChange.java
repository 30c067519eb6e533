package dev.hookferry.store.config;

import dev.hookferry.access.ApiKey;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.Site;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One change of the configuration. */
public sealed interface ConfigChange {
  /** Returns the audit entries among some changes, in their order. */
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
  }

  /** Removes a site with its endpoints and the API keys bound to it. */
  record RemoveSite(SiteId id) implements ConfigChange {
    public RemoveSite {
      Objects.requireNonNull(id, "id");
    }
  }

  /** Adds an endpoint or replaces the one with the same id. */
  record PutEndpoint(Endpoint endpoint) implements ConfigChange {
    public PutEndpoint {
      Objects.requireNonNull(endpoint, "endpoint");
    }
  }

  /** Removes an endpoint. */
  record RemoveEndpoint(EndpointId id) implements ConfigChange {
    public RemoveEndpoint {
      Objects.requireNonNull(id, "id");
    }
  }

  /** Adds an API key. */
  record PutKey(ApiKey key) implements ConfigChange {
    public PutKey {
      Objects.requireNonNull(key, "key");
    }
  }

  /** Removes an API key. */
  record RemoveKey(KeyId id) implements ConfigChange {
    public RemoveKey {
      Objects.requireNonNull(id, "id");
    }
  }

  /**
   * Records a running rotation to the master key with this name, or its end if the name is null.
   */
  record PutRotation(@Nullable String key) implements ConfigChange {}

  /** Changes nothing; the audit entry for the changes written with it. */
  record Note(AuditEntry entry) implements ConfigChange {
    public Note {
      Objects.requireNonNull(entry, "entry");
    }
  }
}
