package dev.hookferry;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;

/** Looks at who changed what. Thread-safe; blocks. */
public final class AuditTrail {
  private final CoreServices parts;

  AuditTrail(CoreServices parts) {
    this.parts = parts;
  }

  /**
   * Entries of the audit log, newest first. A site that was removed still has its own.
   *
   * @throws dev.hookferry.store.StoreException if the store fails
   */
  public Page<AuditEntry> list(AuditQuery query) {
    return parts.store().audit().entries(query);
  }
}
