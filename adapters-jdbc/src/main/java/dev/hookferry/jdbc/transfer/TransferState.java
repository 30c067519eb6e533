package dev.hookferry.jdbc.transfer;

import dev.hookferry.jdbc.database.Database;
import dev.hookferry.store.transfer.StoreInTransferException;
import dev.hookferry.store.transfer.TransferMark;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The progress of an unfinished transfer, in a table of at most one row. */
public final class TransferState {
  private TransferState() {}

  /**
   * Refuses a database that is only partly filled.
   *
   * @throws StoreInTransferException if a transfer is unfinished
   */
  public static void requireFinished(Database database, String place) {
    Optional<TransferMark> mark = database.query(TransferState::find);
    if (mark.isPresent()) {
      throw new StoreInTransferException(place, mark.get());
    }
  }

  static Optional<TransferMark> find(Handle handle) {
    return handle
        .createQuery("SELECT mark FROM hookferry_transfer")
        .mapTo(String.class)
        .findOne()
        .map(TransferMark::parse);
  }

  static void insert(Handle handle, TransferMark mark) {
    handle
        .createUpdate("INSERT INTO hookferry_transfer (id, mark) VALUES (1, :mark)")
        .bind("mark", mark.text())
        .execute();
  }

  static void update(Handle handle, TransferMark mark) {
    handle
        .createUpdate("UPDATE hookferry_transfer SET mark = :mark")
        .bind("mark", mark.text())
        .execute();
  }

  static void delete(Handle handle) {
    handle.execute("DELETE FROM hookferry_transfer");
  }
}
