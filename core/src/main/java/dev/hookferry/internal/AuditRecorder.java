package dev.hookferry.internal;

import dev.hookferry.access.ApiKey;
import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.AuditId;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes audit entries for actions taken through the public API. */
public final class AuditRecorder {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.audit");

  private final CoreServices parts;

  public AuditRecorder(CoreServices parts) {
    this.parts = parts;
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
    for (ConfigChange change : changes) {
      AuditEntry entry = entry(before, change, gone);
      if (entry != null) {
        all.add(new ConfigChange.Note(entry));
      }
    }
    return all;
  }

  /**
   * Returns the audit entry for a change; null if nothing differs, or if it is part of a site's
   * removal.
   */
  private @Nullable AuditEntry entry(Config before, ConfigChange change, Set<SiteId> gone) {
    if (change instanceof ConfigChange.PutSite put) {
      Site old = before.sites().get(put.site().id());
      return put(
          List.of(AuditAction.SITE_CREATED, AuditAction.SITE_CHANGED),
          new Target(put.site().id(), put.site().id().value()),
          old == null ? null : AuditSnapshot.of(old),
          AuditSnapshot.of(put.site()));
    }
    if (change instanceof ConfigChange.RemoveSite remove) {
      Site old = before.sites().get(remove.id());
      return old == null ? null : removed(before, old);
    }
    if (change instanceof ConfigChange.PutEndpoint put) {
      Endpoint old = before.endpoints().get(put.endpoint().id());
      return put(
          List.of(AuditAction.ENDPOINT_CREATED, AuditAction.ENDPOINT_CHANGED),
          new Target(put.endpoint().site(), put.endpoint().id().toString()),
          old == null ? null : AuditSnapshot.of(old, parts.cipher()),
          AuditSnapshot.of(put.endpoint(), parts.cipher()));
    }
    if (change instanceof ConfigChange.RemoveEndpoint remove) {
      Endpoint old = before.endpoints().get(remove.id());
      return old == null || gone.contains(old.site())
          ? null
          : entry(
              AuditAction.ENDPOINT_REMOVED,
              new Target(old.site(), old.id().toString()),
              AuditSnapshot.removed(AuditSnapshot.of(old, parts.cipher())));
    }
    return change instanceof ConfigChange.PutRotation put
        ? rotation(before.rotation(), put.key())
        : keyEntry(before, change);
  }

  private @Nullable AuditEntry rotation(@Nullable String before, @Nullable String now) {
    AuditAction action =
        now == null ? AuditAction.MASTERKEY_ROTATED : AuditAction.MASTERKEY_ROTATING;
    String key = now == null ? before : now;
    return key == null ? null : entry(action, new Target(null, key), List.of());
  }

  private @Nullable AuditEntry keyEntry(Config before, ConfigChange change) {
    if (change instanceof ConfigChange.PutKey put) {
      ApiKey key = put.key();
      return put(
          List.of(AuditAction.KEY_CREATED, AuditAction.KEY_CREATED),
          new Target(key.site(), key.id().toString()),
          null,
          AuditSnapshot.of(key));
    }
    ApiKey old =
        change instanceof ConfigChange.RemoveKey remove ? before.keys().get(remove.id()) : null;
    return old == null
        ? null
        : entry(
            AuditAction.KEY_REMOVED,
            new Target(old.site(), old.id().toString()),
            AuditSnapshot.removed(AuditSnapshot.of(old)));
  }

  private record Target(@Nullable SiteId site, String id) {}

  /** Uses the first action for a new object; otherwise the second, if anything differs. */
  private @Nullable AuditEntry put(
      List<AuditAction> actions,
      Target target,
      @Nullable Map<String, AuditSnapshot.Field> old,
      Map<String, AuditSnapshot.Field> fresh) {
    if (old == null) {
      return entry(actions.get(0), target, AuditSnapshot.between(Map.of(), fresh));
    }
    List<FieldChange> changes = AuditSnapshot.between(old, fresh);
    return changes.isEmpty() ? null : entry(actions.get(1), target, changes);
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
    Instant now = parts.clock().instant();
    AuditId id = new AuditId(parts.ids().next(now));
    return new AuditEntry(id, now, parts.actor(), action, target.site(), target.id(), changes);
  }

  /** Logs an entry to the process log, without its field changes. */
  public static void log(AuditEntry entry) {
    if (entry.by().equals(Actor.HOOKFERRY)) {
      return;
    }
    LOG.log(
        System.Logger.Level.INFO,
        () ->
            entry.action().word()
                + " "
                + entry.target()
                + (entry.site() == null ? "" : " of site " + entry.site())
                + " by "
                + entry.by().name()
                + (entry.by().address().isEmpty() ? "" : " from " + entry.by().address()));
  }

  /**
   * Appends an entry for an action that is not a configuration change.
   *
   * @throws UnknownOutcomeException if the entry cannot be written, although the action was done
   */
  public void done(
      AuditAction action, @Nullable SiteId site, String target, List<FieldChange> changes) {
    AuditEntry entry = entry(action, new Target(site, target), changes);
    log(entry);
    try {
      parts.store().audit().append(List.of(entry));
    } catch (StoreException e) {
      throw new UnknownOutcomeException(
          action.word() + " of " + target + " was done, but is not in the audit log", e);
    }
  }
}
