package dev.hookferry.jdbc.transfer;

import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.log.JdbcAudit;
import dev.hookferry.jdbc.log.SqlRetention;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.store.transfer.TransferBatch;
import dev.hookferry.store.transfer.TransferMark;
import dev.hookferry.store.transfer.TransferTarget;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Fills the tables of a database; each batch is one transaction. */
public final class JdbcTarget implements TransferTarget {
  private static final List<String> TABLES =
      List.of(
          "hookferry_config_entry",
          "hookferry_event",
          "hookferry_event_id",
          "hookferry_delivery",
          "hookferry_delivery_queue",
          "hookferry_key_queue",
          "hookferry_key_waiting",
          "hookferry_audit",
          "hookferry_replay",
          "hookferry_owner");

  private static final String KEY_QUEUES =
      """
      INSERT INTO hookferry_key_queue (id, last_position)
      SELECT key_queue, MAX(key_position) FROM hookferry_delivery_queue
      WHERE key_queue IS NOT NULL GROUP BY key_queue
      """;

  private static final String KEY_WAITING =
      """
      INSERT INTO hookferry_key_waiting (key_queue, key_position, site, delivery_id)
      SELECT key_queue, key_position, site, id FROM hookferry_delivery_queue
      WHERE parked = 'waiting'
      """;

  private final Database database;
  private final String place;
  private final SqlRetention retention;
  private @Nullable TransferMark current;

  /**
   * Creates a target. Closing it also closes the database.
   *
   * @param place the name of the store, for messages
   */
  public JdbcTarget(Database database, String place) {
    this.database = database;
    this.place = place;
    retention = SqlRetention.of(database);
  }

  @Override
  public Optional<TransferMark> mark() {
    return database.query(TransferState::find);
  }

  @Override
  public void begin(TransferMark mark) {
    boolean unusedLook =
        database.query(
            handle -> {
              requireEmpty(handle);
              return true;
            });
    int unused =
        database.change(
            (handle, withAllChecks) -> {
              TransferState.insert(handle, mark);
              return handle
                  .createUpdate(
                      "UPDATE hookferry_config SET version = :version, forgotten = :version")
                  .bind("version", mark.origin().configVersion())
                  .execute();
            });
    current = mark;
  }

  private void requireEmpty(Handle handle) {
    Optional<TransferMark> mark = TransferState.find(handle);
    if (mark.isPresent()) {
      throw new ConflictException(
          place
              + " is not empty: a transfer from "
              + mark.get().origin().store()
              + " is unfinished; finish it with --resume, or choose an empty store");
    }
    for (String table : TABLES) {
      boolean hasRows =
          handle
              .createQuery("SELECT 1 FROM " + table + " LIMIT 1")
              .mapTo(Integer.class)
              .findOne()
              .isPresent();
      if (hasRows) {
        throw new ConflictException(
            place + " is not empty: there are rows in " + table + "; choose an empty store");
      }
    }
  }

  @Override
  public void write(TransferBatch batch) {
    TransferMark before =
        current == null
            ? mark().orElseThrow(() -> new IllegalStateException("no transfer is in progress"))
            : current;
    TransferMark after = before.at(batch.position());
    TransferRows rows = new TransferRows(batch.records(), before.origin().configVersion());
    retention.prepare(rows.days());
    boolean unused =
        database.change(
            (handle, withAllChecks) -> {
              database.dialect().beginBulk(handle);
              Dialect dialect = database.dialect();
              rows.forEach(
                  (table, some) -> {
                    if (!table.equals(TransferRows.FIELDS) || dialect.hasFieldTable()) {
                      dialect.load(handle, table, some);
                    }
                  });
              JdbcAudit.insert(database.dialect(), handle, rows.audit());
              TransferState.update(handle, after);
              return true;
            });
    current = after;
  }

  @Override
  public void finish() {
    boolean unused =
        database.change(
            (handle, withAllChecks) -> {
              // Rebuilds the queues of the source, with the same positions.
              handle.execute(KEY_QUEUES);
              handle.execute(KEY_WAITING);
              TransferState.delete(handle);
              return true;
            });
    current = null;
  }

  @Override
  public void close() {
    database.close();
  }
}
