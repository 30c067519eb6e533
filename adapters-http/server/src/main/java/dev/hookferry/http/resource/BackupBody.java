package dev.hookferry.http.resource;

import dev.hookferry.Backups;
import dev.hookferry.Webhooks;
import dev.hookferry.http.wire.StreamedBody;
import dev.hookferry.store.transfer.RecordCounts;
import dev.hookferry.store.transfer.TransferHistory;
import java.io.IOException;
import java.io.OutputStream;

/** A backup archive, streamed to the client while it is written. */
public final class BackupBody implements StreamedBody {
  /** The content type of an archive. */
  public static final String TYPE = "application/gzip";

  private final Backups.Backup backup;

  private BackupBody(Backups.Backup backup) {
    this.backup = backup;
  }

  /**
   * Reserves a backup and returns its body; {@link #begin()} starts it. Blocks.
   *
   * @param webhooks the facade, acting on behalf of the caller
   * @throws dev.hookferry.refusal.ConflictException if a backup is already running, or the store
   *     cannot be read while it is in use
   * @throws dev.hookferry.store.StoreException if the store fails
   */
  public static BackupBody of(Webhooks webhooks, TransferHistory history) {
    return new BackupBody(webhooks.backups().reserve(history));
  }

  /** Returns the value of {@code Content-Disposition}, with the name of the file. */
  public String disposition() {
    return "attachment; filename=\"hookferry-" + backup.id() + ".hfa\"";
  }

  @Override
  public void begin() {
    backup.begin();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    RecordCounts unused = backup.writeTo(out);
    // A client that has read to the end may request the next backup immediately.
    backup.close();
  }

  @Override
  public boolean isBackup() {
    return true;
  }

  @Override
  public void close() {
    backup.close();
  }
}
