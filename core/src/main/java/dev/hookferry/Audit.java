package dev.hookferry;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.port.AuditQuery;
import dev.hookferry.port.Page;

/** Looks at who changed what. Thread-safe; blocks. */
public final class Audit {
  private final Parts parts;

  Audit(Parts parts) {
    this.parts = parts;
  }

  /**
   * Entries of the audit log, newest first. A site that was removed still has its own.
   *
   * @throws dev.hookferry.port.StoreException if the store fails
   */
  public Page<AuditEntry> list(AuditQuery query) {
    return parts.store().audit().entries(query);
  }
}
