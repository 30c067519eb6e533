package dev.hookferry.jdbc.transfer;

import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.database.DatabaseInfo;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.store.StoreInfo;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;
import java.time.Duration;

/** Opens databases for transfers. Closing a source or target closes its database. */
public final class TransferDatabases {
  private TransferDatabases() {}

  /**
   * Returns the content of a database that no process uses.
   *
   * @param place the name of the store, for messages
   * @param layout the version of its tables
   * @throws ConflictException if a process is using the store
   * @throws dev.hookferry.store.transfer.StoreInTransferException if the store is only partly
   *     filled
   */
  public static TransferSource source(
      Database database, String place, String layout, Duration ownerTimeout) {
    try {
      database.reserve();
      TransferState.requireFinished(database, place);
      StoreInfo info = new DatabaseInfo(database, layout, ownerTimeout).read();
      if (database.dialect().isShared() && !info.nodes().isEmpty()) {
        throw new ConflictException(
            "%s is in use by %s; stop it first, or wait until it has been silent for %s s"
                .formatted(place, info.nodes().get(0).name(), ownerTimeout.toSeconds()));
      }
      String store = info.kind() + " at " + place;
      return new JdbcSource(database, store, true, database::close);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Returns the target of a transfer that fills a database.
   *
   * @param place the name of the store, for messages
   */
  public static TransferTarget target(Database database, String place) {
    try {
      database.reserve();
      return new JdbcTarget(database, place);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }
}
