package dev.hookferry.file.transfer;

import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.file.maintenance.Checkpoint;
import dev.hookferry.file.transfer.Progress.FileEnd;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Removes everything after the last mark from the files of a partly filled store. */
final class Rollback {
  private static final List<String> KINDS = List.of("journal", "audit");

  private final Disk disk;
  private final Progress progress;

  private Rollback(Disk disk, Progress progress) {
    this.disk = disk;
    this.progress = progress;
  }

  /**
   * Rolls a store back to its last mark. Can be repeated if it is interrupted.
   *
   * @throws StoreException if files are missing or too short; nothing was changed
   */
  static void to(Disk disk, Progress progress) throws IOException {
    Rollback rollback = new Rollback(disk, progress);
    for (FileEnd end : progress.ends()) {
      rollback.check(end);
    }
    for (String kind : KINDS) {
      rollback.remove(kind);
    }
    for (FileEnd end : progress.ends()) {
      rollback.cut(end);
    }
    disk.sync();
  }

  private void check(FileEnd end) throws IOException {
    if (!disk.list().contains(end.name())) {
      throw new StoreException(
          end.name() + " is missing in " + disk + ". Start over with an empty directory");
    }
    try (DiskFile file = disk.open(end.name(), Disk.Access.READ)) {
      if (file.size() < end.length()) {
        throw new StoreException(
            end.name() + " in " + disk + " is too short. Start over with an empty directory");
      }
    }
  }

  /** Removes later files of a kind, the last one first, since there must be no gap. */
  private void remove(String kind) throws IOException {
    String last =
        progress.ends().stream()
            .map(FileEnd::name)
            .filter(name -> FileEnd.kind(name).equals(kind))
            .findFirst()
            .orElse("");
    List<String> later =
        disk.list().stream()
            .filter(name -> FileEnd.kind(name).equals(kind) && name.compareTo(last) > 0)
            .sorted(Comparator.reverseOrder())
            .toList();
    for (String name : later) {
      forget(name);
      disk.delete(name);
      disk.sync();
    }
  }

  private void cut(FileEnd end) throws IOException {
    try (DiskFile file = disk.open(end.name(), Disk.Access.WRITE)) {
      if (file.size() > end.length()) {
        forget(end.name());
        file.truncate(end.length());
      }
    }
  }

  /** Removes the files that were derived from a journal file. */
  private void forget(String name) throws IOException {
    Optional<Integer> number = Segment.numberOf(name);
    if (number.isPresent()) {
      disk.delete(Checkpoint.NAME);
      disk.delete(Segment.indexName(number.get()));
      disk.sync();
    }
  }
}
