package dev.hookferry;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.AuditSnapshot;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import java.util.List;
import java.util.Objects;

/** The audit log: who changed what. Thread-safe; calls block on the store. */
public final class AuditTrail {
  private final CoreServices services;

  AuditTrail(CoreServices services) {
    this.services = services;
  }

  /**
   * Returns entries of the audit log, newest first. Entries of a removed site remain available.
   *
   * @throws dev.hookferry.store.StoreException if the store fails
   */
  public Page<AuditEntry> list(AuditQuery query) {
    return services.store().audit().entries(Objects.requireNonNull(query, "query"));
  }

  /**
   * Returns the fields in which two states of an endpoint differ, as an entry would list them, with
   * secrets masked.
   */
  public List<FieldChange> changes(Endpoint before, Endpoint after) {
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
    return AuditSnapshot.between(before, after, services.cipher());
  }

  /**
   * Appends an entry about an action of the actor through a facade built on this one.
   *
   * @param target the target of the action: 1 to 128 characters
   * @param changes its details, in the order in which they are shown; may be empty
   * @throws dev.hookferry.store.UnknownOutcomeException if the store fails
   */
  public void note(AuditAction action, SiteId site, String target, List<FieldChange> changes) {
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(target, "target");
    services.auditRecorder().done(action, site, target, NoNulls.in(changes, "changes"));
  }
}
