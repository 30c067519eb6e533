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
import org.jspecify.annotations.Nullable;

/**
 * Backups of everything in the store, taken while nodes use it. Thread-safe.
 *
 * <p>A backup shows the store as of one moment. It contains secrets in the form that the store has:
 * a restore needs the same master keys. The keys themselves are never part of a backup.
 */
public final class Backups {
  private final CoreServices services;

  Backups(CoreServices services) {
    this.services = services;
  }

  /**
   * Begins a backup of the store as of now, and records it in the audit log. Blocks.
   *
   * @param history how much of the past it contains
   * @return must be closed
   * @throws ConflictException if a backup of this process is running, or the store cannot be read
   *     while it is used, or a newer version has added data that this one would leave out
   * @throws dev.hookferry.store.StoreException if the store fails
   */
  public Backup begin(TransferHistory history) {
    Backup backup = reserve(history);
    try {
      backup.begin();
      return backup;
    } catch (RuntimeException | Error e) {
      backup.close();
      throw e;
    }
  }

  /**
   * Checks that a backup can begin, and keeps others from beginning until it is closed. Records
   * nothing. Blocks.
   *
   * @param history how much of the past it contains
   * @return must be {@linkplain Backup#begin begun} before it is written, and closed
   * @throws ConflictException as {@link #begin(TransferHistory)} does
   * @throws dev.hookferry.store.StoreException if the store fails
   */
  public Backup reserve(TransferHistory history) {
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
      store.checkSnapshot();
      UUID id = services.ids().next(services.clock().instant());
      return new Backup(services, store, history, id);
    } catch (RuntimeException | Error e) {
      running.set(false);
      throw e;
    }
  }

  /** A backup that is reserved or has begun. Not thread-safe. */
  public static final class Backup implements AutoCloseable {
    private final CoreServices services;
    private final SnapshotStore store;
    private final TransferHistory history;
    private final UUID id;
    private @Nullable TransferSource source;
    private boolean closed;

    private Backup(CoreServices services, SnapshotStore store, TransferHistory history, UUID id) {
      this.services = services;
      this.store = store;
      this.history = history;
      this.id = id;
    }

    /**
     * Records the backup in the audit log, and begins it with the store as of now. Blocks.
     *
     * @throws ConflictException if the store cannot be read while it is used, or a newer version
     *     has added data that this one would leave out
     * @throws dev.hookferry.store.StoreException if the store fails
     */
    public void begin() {
      if (closed || source != null) {
        throw new IllegalStateException("the backup has begun already or is closed");
      }
      services
          .auditRecorder()
          .done(
              AuditAction.BACKUP_TAKEN,
              null,
              "store",
              List.of(new FieldChange("history", null, history.text())));
      source = store.snapshot();
    }

    /** Returns the unique id of the archive. */
    public UUID id() {
      return id;
    }

    /**
     * Writes the archive; see {@link ArchiveWriter}. Does not close the stream. Blocks.
     *
     * @return the numbers of records written
     * @throws IOException if the stream fails; the bytes written are not a valid archive
     * @throws dev.hookferry.store.StoreException if the store fails, likewise
     */
    public RecordCounts writeTo(OutputStream out) throws IOException {
      TransferSource current = source;
      if (current == null) {
        throw new IllegalStateException("the backup has not begun");
      }
      return ArchiveWriter.write(current, history, id, services.clock().instant(), out);
    }

    /** Releases the snapshot. Idempotent. */
    @Override
    public void close() {
      if (!closed) {
        closed = true;
        try {
          if (source != null) {
            source.close();
          }
        } finally {
          services.process().backupRunning().set(false);
        }
      }
    }
  }
}
