package dev.hookferry.store;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import java.time.Instant;
import java.util.List;

/**
 * Where the audit log lives: what people changed, never rewritten. What changes the configuration
 * comes with that change, as a {@link dev.hookferry.store.config.ConfigChange.Note}, so that
 * neither is kept without the other; everything else is appended here, once it was done. Cursors
 * are the store's own text, as in {@link AttemptLog}. Implementations are thread-safe, may block,
 * and throw {@link StoreException} if the store fails.
 */
public interface AuditLog {
  /** Adds entries together; durable when it returns. */
  void append(List<AuditEntry> entries);

  /** Entries, newest first. */
  Page<AuditEntry> entries(AuditQuery query);

  /**
   * Forgets entries from before a time. A store may keep some longer, where these share a unit of
   * its own with later ones.
   *
   * @return about how many were forgotten
   */
  long forget(Instant before);
}
