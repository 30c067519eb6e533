package dev.hookferry.file;

import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.LocalDisk;
import dev.hookferry.file.disk.ReadOnlyDisk;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.file.maintenance.BackgroundJobs;
import dev.hookferry.file.maintenance.OpenFiles;
import dev.hookferry.file.transfer.JournalSource;
import dev.hookferry.file.transfer.JournalTarget;
import dev.hookferry.file.transfer.MarkFile;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ExecutorService;

/** Opens file stores as the source or the target of a transfer. */
final class FileTransfer {
  private FileTransfer() {}

  /**
   * Returns the exception for a store that cannot be opened. The message of an {@code
   * AccessDeniedException} is only the file name, so the reason is added.
   */
  static StoreException cannotOpen(Object place, IOException e) {
    String why = (e instanceof AccessDeniedException ? "no permission for " : "") + e.getMessage();
    return new StoreException("cannot open the store " + place + ": " + why, e);
  }

  /** See {@link FileStore#openSource}. */
  static TransferSource openSource(Path directory) {
    Objects.requireNonNull(directory, "directory");
    if (!Files.isDirectory(directory)) {
      throw new StoreException("there is no store in " + directory);
    }
    try {
      return openSource(LocalDisk.at(directory), FileStoreOptions.DEFAULT);
    } catch (IOException e) {
      throw cannotOpen(directory, e);
    }
  }

  static TransferSource openSource(Disk disk, FileStoreOptions options) throws IOException {
    boolean isOpen = false;
    lock(disk);
    try {
      MarkFile.refuse(disk);
      if (disk.list().stream().allMatch(name -> Segment.numberOf(name).isEmpty())) {
        throw new StoreException("there is no store in " + disk);
      }
      OpenFiles files =
          OpenFiles.open(new ReadOnlyDisk(disk), options.sizes(), InstantSource.system());
      FileInFlightJournal flights = FileInFlightJournal.read(disk);
      JournalSource source =
          JournalSource.of(
                  disk.toString(),
                  files.store().segments(),
                  files.store().pending(),
                  files.small(),
                  files::close)
              .suspecting(stored -> suspected(stored, flights));
      isOpen = true;
      return source;
    } finally {
      if (!isOpen) {
        disk.close();
      }
    }
  }

  private static StoredDelivery suspected(StoredDelivery stored, FileInFlightJournal flights) {
    return new StoredDelivery(
        stored.delivery(),
        flights.after(stored.delivery().id(), stored.suspicion()),
        stored.payloadBytes(),
        stored.position());
  }

  /** See {@link FileStore#openTarget}. */
  static TransferTarget openTarget(Path directory, FileStoreOptions options, InstantSource clock) {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(clock, "clock");
    try {
      return openTarget(LocalDisk.at(directory), options, clock, BackgroundJobs.executor());
    } catch (IOException e) {
      throw cannotOpen(directory, e);
    }
  }

  static TransferTarget openTarget(
      Disk disk, FileStoreOptions options, InstantSource clock, ExecutorService executor)
      throws IOException {
    lock(disk);
    return JournalTarget.open(disk, options.sizes(), clock, executor);
  }

  private static void lock(Disk disk) throws IOException {
    try {
      disk.lock();
    } catch (StoreException e) {
      throw new ConflictException(String.valueOf(e.getMessage()));
    }
  }
}
