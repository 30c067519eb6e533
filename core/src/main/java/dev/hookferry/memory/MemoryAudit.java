package dev.hookferry.memory;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import dev.hookferry.store.AuditLog;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** In-memory audit log. */
final class MemoryAudit implements AuditLog {
  /** Keyed by the id's text, which sorts by time. */
  private final NavigableMap<String, AuditEntry> entries = new TreeMap<>();

  private final Pager pages = new Pager("aud_[0-9a-z]{26}");

  @Override
  public synchronized void append(List<AuditEntry> more) {
    more.forEach(entry -> entries.put(entry.id().toString(), entry));
  }

  @Override
  public synchronized Page<AuditEntry> entries(AuditQuery query) {
    return pages.page(entries, query.page(), query::matches);
  }

  /** Returns all entries, oldest first. */
  synchronized List<AuditEntry> all() {
    return List.copyOf(entries.values());
  }

  @Override
  public synchronized long purge(Instant before) {
    long all = entries.size();
    entries.values().removeIf(entry -> entry.at().isBefore(before));
    return all - entries.size();
  }
}
