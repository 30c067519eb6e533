package dev.hookferry;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import java.util.Objects;

/** The audit log: who changed what. Thread-safe; calls block on the store. */
public final class AuditTrail {
  private final CoreServices parts;

  AuditTrail(CoreServices parts) {
    this.parts = parts;
  }

  /**
   * Returns entries of the audit log, newest first. Entries of a removed site remain available.
   *
   * @throws dev.hookferry.store.StoreException if the store fails
   */
  public Page<AuditEntry> list(AuditQuery query) {
    return parts.store().audit().entries(Objects.requireNonNull(query, "query"));
  }
}
