package dev.hookferry.internal;

import dev.hookferry.access.ApiKey;
import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.AuditId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.Site;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.UnknownOutcomeException;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes audit entries for actions taken through the public API. */
public final class AuditRecorder {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.audit");

  private final CoreServices services;

  public AuditRecorder(CoreServices services) {
    this.services = services;
  }

  /** Returns the changes together with their audit entries. */
  public List<ConfigChange> with(Config before, List<ConfigChange> changes) {
    Set<SiteId> gone =
        changes.stream()
            .flatMap(
                c ->
                    c instanceof ConfigChange.RemoveSite site
                        ? Stream.of(site.id())
                        : Stream.empty())
            .collect(Collectors.toSet());
    List<ConfigChange> all = new ArrayList<>(changes);
    Entries entries = new Entries(before, gone);
    for (ConfigChange change : changes) {
      change.fold(entries).ifPresent(entry -> all.add(new ConfigChange.Note(entry)));
    }
    return all;
  }

  /**
   * Builds the audit entry of each change; empty if nothing differs, or if the change is part of a
   * site's removal.
   */
  private final class Entries implements ConfigChange.Fold<Optional<AuditEntry>> {
    private final Config before;
    private final Set<SiteId> gone;

    Entries(Config before, Set<SiteId> gone) {
      this.before = before;
      this.gone = gone;
    }

    @Override
    public Optional<AuditEntry> putSite(Site site) {
      Site old = before.sites().get(site.id());
      Target target = new Target(site.id(), site.id().value());
      return old == null
          ? created(AuditAction.SITE_CREATED, target, AuditSnapshot.of(site))
          : changed(
              AuditAction.SITE_CHANGED, target, AuditSnapshot.of(old), AuditSnapshot.of(site));
    }

    @Override
    public Optional<AuditEntry> removeSite(SiteId id) {
      Site old = before.sites().get(id);
      return old == null ? Optional.empty() : Optional.of(removed(before, old));
    }

    @Override
    public Optional<AuditEntry> putEndpoint(Endpoint endpoint) {
      Endpoint old = before.endpoints().get(endpoint.id());
      Target target = new Target(endpoint.site(), endpoint.id().toString());
      Map<String, AuditSnapshot.Field> fresh = AuditSnapshot.of(endpoint, services.cipher());
      if (old == null) {
        return created(AuditAction.ENDPOINT_CREATED, target, fresh);
      }
      Map<String, AuditSnapshot.Field> past = AuditSnapshot.of(old, services.cipher());
      if (old.status().enabled() && endpoint.status().enabled()) {
        // Resuming an endpoint that is not paused still resets its failures.
        AuditSnapshot.addResumed(past, old.status());
        AuditSnapshot.addResumed(fresh, endpoint.status());
      }
      return changed(AuditAction.ENDPOINT_CHANGED, target, past, fresh);
    }

    @Override
    public Optional<AuditEntry> removeEndpoint(EndpointId id) {
      Endpoint old = before.endpoints().get(id);
      return old == null || gone.contains(old.site())
          ? Optional.empty()
          : Optional.of(
              entry(
                  AuditAction.ENDPOINT_REMOVED,
                  new Target(old.site(), old.id().toString()),
                  AuditSnapshot.removed(AuditSnapshot.of(old, services.cipher()))));
    }

    @Override
    public Optional<AuditEntry> putEventType(EventTypeDefinition definition) {
      EventTypeDefinition old = before.eventType(definition.site(), definition.type());
      Target target = new Target(definition.site(), definition.type().name());
      Map<String, AuditSnapshot.Field> fresh = AuditSnapshot.of(definition);
      if (old == null) {
        return created(AuditAction.EVENT_TYPE_CREATED, target, fresh);
      }
      Map<String, AuditSnapshot.Field> past = AuditSnapshot.of(old);
      AuditSnapshot.addOlderSchemas(past, old, definition);
      AuditSnapshot.addOlderSchemas(fresh, definition, old);
      return changed(AuditAction.EVENT_TYPE_CHANGED, target, past, fresh);
    }

    @Override
    public Optional<AuditEntry> removeEventType(SiteId site, EventType type) {
      return Optional.ofNullable(before.eventType(site, type))
          .filter(old -> !gone.contains(site))
          .map(
              old ->
                  entry(
                      AuditAction.EVENT_TYPE_REMOVED,
                      new Target(site, type.name()),
                      AuditSnapshot.removed(AuditSnapshot.of(old))));
    }

    @Override
    public Optional<AuditEntry> putKey(ApiKey key) {
      Target target = new Target(key.site(), key.id().toString());
      return created(AuditAction.KEY_CREATED, target, AuditSnapshot.of(key));
    }

    @Override
    public Optional<AuditEntry> removeKey(KeyId id) {
      ApiKey old = before.keys().get(id);
      return old == null
          ? Optional.empty()
          : Optional.of(
              entry(
                  AuditAction.KEY_REMOVED,
                  new Target(old.site(), old.id().toString()),
                  AuditSnapshot.removed(AuditSnapshot.of(old))));
    }

    @Override
    public Optional<AuditEntry> putRotation(@Nullable String now) {
      AuditAction action =
          now == null ? AuditAction.MASTER_KEY_ROTATED : AuditAction.MASTER_KEY_ROTATING;
      String key = now == null ? before.rotation() : now;
      return Optional.ofNullable(key).map(each -> entry(action, new Target(null, each), List.of()));
    }

    @Override
    public Optional<AuditEntry> note(AuditEntry entry) {
      return Optional.empty();
    }
  }

  private record Target(@Nullable SiteId site, String id) {}

  private Optional<AuditEntry> created(
      AuditAction action, Target target, Map<String, AuditSnapshot.Field> fresh) {
    return Optional.of(entry(action, target, AuditSnapshot.between(Map.of(), fresh)));
  }

  /** Returns the entry for a change, or empty if nothing differs. */
  private Optional<AuditEntry> changed(
      AuditAction action,
      Target target,
      Map<String, AuditSnapshot.Field> old,
      Map<String, AuditSnapshot.Field> fresh) {
    List<FieldChange> changes = AuditSnapshot.between(old, fresh);
    return changes.isEmpty() ? Optional.empty() : Optional.of(entry(action, target, changes));
  }

  private AuditEntry removed(Config before, Site site) {
    long endpoints = ConfigHolder.endpoints(before, site.id()).size();
    long keys = before.keys().values().stream().filter(k -> site.id().equals(k.site())).count();
    return entry(
        AuditAction.SITE_REMOVED,
        new Target(site.id(), site.id().value()),
        List.of(
            new FieldChange("endpoints", Long.toString(endpoints), "0"),
            new FieldChange("keys", Long.toString(keys), "0")));
  }

  private AuditEntry entry(AuditAction action, Target target, List<FieldChange> changes) {
    return entry(services.clock().instant(), action, target, changes);
  }

  private AuditEntry entry(
      Instant at, AuditAction action, Target target, List<FieldChange> changes) {
    AuditId id = new AuditId(services.ids().next(at));
    return new AuditEntry(id, at, services.actor(), action, target.site(), target.id(), changes);
  }

  /**
   * Writes an entry to the process log, unless the actor is Hookferry itself. A change is logged
   * with the names of its fields, without values.
   */
  public static void log(AuditEntry entry) {
    if (entry.actor().equals(Actor.HOOKFERRY)) {
      return;
    }
    LOG.log(System.Logger.Level.INFO, () -> entry.action().code() + pairs(entry));
  }

  private static LogPairs pairs(AuditEntry entry) {
    String address = entry.actor().address();
    boolean isChange = entry.action().code().endsWith(".changed");
    String fields =
        entry.changes().stream()
            .filter(unused -> isChange)
            .map(FieldChange::field)
            .distinct()
            .collect(Collectors.joining(","));
    return new LogPairs()
        .add("target", entry.target())
        .add("site", entry.site())
        .add("actor", entry.actor().name())
        .add("client", address.isEmpty() ? null : address)
        .add("fields", fields.isEmpty() ? null : fields);
  }

  /**
   * Appends an entry for an action that is not a configuration change.
   *
   * @throws UnknownOutcomeException if the entry cannot be written, although the action was done
   */
  public void done(
      AuditAction action, @Nullable SiteId site, String target, List<FieldChange> changes) {
    append(entry(action, new Target(site, target), changes));
  }

  /**
   * Appends an entry dated when the action was requested, so that it precedes the effects of the
   * action.
   *
   * @throws UnknownOutcomeException if the entry cannot be written, although the action was done
   */
  public void doneSince(
      Instant requestedAt,
      AuditAction action,
      SiteId site,
      String target,
      List<FieldChange> changes) {
    append(entry(requestedAt, action, new Target(site, target), changes));
  }

  private void append(AuditEntry entry) {
    log(entry);
    try {
      services.store().audit().append(List.of(entry));
    } catch (StoreException e) {
      throw new UnknownOutcomeException(
          entry.action().code()
              + " of "
              + entry.target()
              + " was done, but is not in the audit log",
          e);
    }
  }
}
