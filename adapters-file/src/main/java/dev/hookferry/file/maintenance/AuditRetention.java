package dev.hookferry.file.maintenance;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.file.audit.AuditFiles;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import dev.hookferry.store.AuditLog;
import java.time.Instant;
import java.util.List;

/**
 * The audit log of an open store; nothing is removed while a snapshot is being read. Thread-safe.
 */
public final class AuditRetention implements AuditLog {
  private final AuditFiles files;
  private final BackgroundJobs maintenance;

  /** Creates the log in these files. */
  public AuditRetention(AuditFiles files, BackgroundJobs maintenance) {
    this.files = files;
    this.maintenance = maintenance;
  }

  @Override
  public void append(List<AuditEntry> entries) {
    files.append(entries);
  }

  @Override
  public Page<AuditEntry> entries(AuditQuery query) {
    return files.entries(query);
  }

  /** Does nothing while a snapshot is being read; the entries are then left to a later purge. */
  @Override
  public long purge(Instant before) {
    synchronized (maintenance) {
      return maintenance.mayRemove() ? files.purge(before) : 0;
    }
  }
}
