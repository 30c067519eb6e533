package org.example.store;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import dev.hookferry.store.AuditLog;
import java.time.Instant;
import java.util.List;

/** The audit log of a ledger. */
final class LedgerAudit implements AuditLog {
  private final Ledger ledger;

  LedgerAudit(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void append(List<AuditEntry> entries) {
    ledger.change(
        change -> {
          entries.forEach(entry -> change.add(new Fact.AuditAppended(entry)));
          return null;
        });
  }

  @Override
  public Page<AuditEntry> entries(AuditQuery query) {
    return ledger.read(
        tables -> Pages.page(tables.audit(), "aud_[0-9a-z]{26}", query.page(), query::matches));
  }

  @Override
  public long purge(Instant before) {
    return ledger.change(
        change -> {
          long size = change.tables().audit().size();
          change.add(new Fact.AuditPurged(before));
          return size - change.tables().audit().size();
        });
  }
}
