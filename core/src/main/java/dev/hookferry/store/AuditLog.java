package dev.hookferry.store;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import java.time.Instant;
import java.util.List;

/**
 * Append-only storage of the audit log. Entries about configuration changes are written together
 * with the change, as a {@link dev.hookferry.store.config.ConfigChange.Note}, so that neither
 * exists without the other; all other entries are appended here after the action. Cursors are
 * opaque, as in {@link AttemptLog}. Implementations are thread-safe, may block, and throw {@link
 * StoreException} if the store fails.
 */
public interface AuditLog {
  /** Appends entries atomically; durable when it returns. */
  void append(List<AuditEntry> entries);

  /** Returns entries, newest first. */
  Page<AuditEntry> entries(AuditQuery query);

  /**
   * Deletes entries older than a time. A store that deletes in larger units may keep some longer.
   *
   * @return the approximate number of entries deleted
   */
  long purge(Instant before);
}
