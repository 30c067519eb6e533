package dev.hookferry.http.resource;

import dev.hookferry.Backups;
import dev.hookferry.Webhooks;
import dev.hookferry.http.wire.StreamedBody;
import dev.hookferry.store.transfer.RecordCounts;
import dev.hookferry.store.transfer.TransferHistory;
import java.io.IOException;
import java.io.OutputStream;

/** The archive of a backup, which is written while it is sent. */
public final class BackupBody implements StreamedBody {
  /** The content type of an archive. */
  public static final String TYPE = "application/gzip";

  private final Backups.Backup backup;

  private BackupBody(Backups.Backup backup) {
    this.backup = backup;
  }

  /**
   * Returns the body of a reserved backup, which begins with {@link #begin()}. Blocks.
   *
   * @param webhooks the facade, acting in the name of who takes it
   * @throws dev.hookferry.refusal.ConflictException if one is running already, or the store cannot
   *     be read while it is used
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
    // A client that has read the end may ask for the next backup at once.
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
