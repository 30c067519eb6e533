package dev.hookferry.file.transfer;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.store.ConfigEntry;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferRecord;
import dev.hookferry.store.transfer.TransferRecord.StoredAuditEntry;
import dev.hookferry.store.transfer.TransferRecord.StoredConfig;
import dev.hookferry.store.transfer.TransferRecord.StoredReplay;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads the data that belongs to no event: configuration, replays, the audit log file by file, and
 * tallies. Not thread-safe.
 */
final class NonEventScan {
  /** Separate streams, because a single one would read the whole audit log at once. */
  private final Deque<Iterator<? extends TransferRecord>> kinds = new ArrayDeque<>();

  NonEventScan(StoreContent content, TransferHistory history) {
    kinds.add(ConfigEntry.all(content.config()).stream().map(StoredConfig::new).iterator());
    kinds.add(content.replays().stream().map(StoredReplay::new).iterator());
    Iterable<AuditEntry> audit = content.audit();
    kinds.add(
        StreamSupport.stream(audit.spliterator(), false)
            .filter(entry -> history.includes(entry.at()))
            .map(StoredAuditEntry::new)
            .iterator());
    List<? extends TransferRecord> tallies = content.tallies();
    kinds.add(tallies.iterator());
  }

  /** Returns the next record; null at the end. */
  @Nullable TransferRecord next() {
    while (!kinds.isEmpty() && !kinds.element().hasNext()) {
      kinds.remove();
    }
    return kinds.isEmpty() ? null : kinds.element().next();
  }
}
