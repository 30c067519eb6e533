package dev.hookferry.file.transfer;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.file.config.SmallFiles;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.store.transfer.TransferRecord.StoredTally;
import java.util.ArrayList;
import java.util.List;

/** Records that belong to no event, before they are written to their files. Not thread-safe. */
final class NonEventRecords {
  private final List<ConfigChange> config = new ArrayList<>();
  private final List<ReplayStore.ReplayEntry> replays = new ArrayList<>();
  private final List<AuditEntry> audit = new ArrayList<>();
  private final List<StoredTally> tallies = new ArrayList<>();

  void add(ConfigChange change) {
    config.add(change);
  }

  void add(ReplayStore.ReplayEntry replay) {
    replays.add(replay);
  }

  void add(AuditEntry entry) {
    audit.add(entry);
  }

  void add(StoredTally tally) {
    tallies.add(tally);
  }

  int size() {
    return config.size() + replays.size() + audit.size() + tallies.size();
  }

  /**
   * Writes the records and forces them to disk. Writing them again does no harm, except for entries
   * of the audit log.
   */
  void write(SmallFiles files) {
    if (!config.isEmpty()) {
      Config before = files.config().load();
      files.config().fill(before.after(config, before.version()));
      config.clear();
    }
    if (!replays.isEmpty()) {
      files.replays().fill(replays);
      replays.clear();
    }
    files.config().audit().append(audit);
    audit.clear();
    if (!tallies.isEmpty()) {
      files.tallies().fill(tallies);
      tallies.clear();
    }
  }
}
