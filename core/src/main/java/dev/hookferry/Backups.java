package dev.hookferry;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.store.archive.ArchiveWriter;
import dev.hookferry.store.transfer.RecordCounts;
import dev.hookferry.store.transfer.SnapshotStore;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Backups of everything in the store, taken while nodes use it. Thread-safe.
 *
 * <p>A backup shows the store as of one moment. Secrets are in it as they are in the store: a
 * restore needs the same master keys. The keys themselves are never part of a backup.
 */
public final class Backups {
  private final CoreServices services;

  Backups(CoreServices services) {
    this.services = services;
  }

  /**
   * Begins a backup of the store as of now, and records it in the audit log. Blocks.
   *
   * @param history how much of the past it has
   * @return must be closed
   * @throws ConflictException if a backup of this process is running, or the store cannot be read
   *     while it is used, or a newer version has added what this one would leave out
   * @throws dev.hookferry.store.StoreException if the store fails
   */
  public Backup begin(TransferHistory history) {
    Objects.requireNonNull(history, "history");
    if (!(services.store() instanceof SnapshotStore store)) {
      throw new ConflictException(
          "this kind of store cannot be backed up while it is used; use its own tools");
    }
    AtomicBoolean running = services.process().backupRunning();
    if (!running.compareAndSet(false, true)) {
      throw new ConflictException("a backup is already running; wait until it has ended");
    }
    try {
      services
          .notes()
          .done(
              AuditAction.BACKUP_TAKEN,
              null,
              "store",
              List.of(new FieldChange("history", null, history.text())));
      UUID id = services.ids().next(services.clock().instant());
      return new Backup(services, store.snapshot(), history, id);
    } catch (RuntimeException | Error e) {
      running.set(false);
      throw e;
    }
  }

  /** A backup that has begun. Not thread-safe. */
  public static final class Backup implements AutoCloseable {
    private final CoreServices services;
    private final TransferSource source;
    private final TransferHistory history;
    private final UUID id;
    private boolean closed;

    private Backup(CoreServices services, TransferSource source, TransferHistory history, UUID id) {
      this.services = services;
      this.source = source;
      this.history = history;
      this.id = id;
    }

    /** Returns the unique id of the archive. */
    public UUID id() {
      return id;
    }

    /**
     * Writes the archive; see {@link ArchiveWriter}. Does not close the stream. Blocks.
     *
     * @return the numbers of records written
     * @throws IOException if the stream fails; what was written is no valid archive then
     * @throws dev.hookferry.store.StoreException if the store fails, likewise
     */
    public RecordCounts writeTo(OutputStream out) throws IOException {
      return ArchiveWriter.write(source, history, id, services.clock().instant(), out);
    }

    /** Lets the store forget this moment. Idempotent. */
    @Override
    public void close() {
      if (!closed) {
        closed = true;
        try {
          source.close();
        } finally {
          services.process().backupRunning().set(false);
        }
      }
    }
  }
}
