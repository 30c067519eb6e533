package dev.hookferry.jdbc.config;

import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.store.ReplayStore;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Stores replays in a table. Thread-safe. */
public final class JdbcReplays implements ReplayStore {
  private final Database database;
  private final RowReader reading;

  public JdbcReplays(Database database) {
    this.database = database;
    reading = new RowReader(database.dialect());
  }

  @Override
  public List<ReplayEntry> all() {
    return database.query(
        handle ->
            handle
                .createQuery("SELECT id, revision, job FROM hookferry_replay ORDER BY id DESC")
                .map(
                    (row, context) ->
                        new ReplayEntry(
                            reading.uuid(row, "id"), row.getLong("revision"), row.getString("job")))
                .list());
  }

  @Override
  public boolean save(UUID id, String text, long expected) {
    return database.change(
        (handle, withAllChecks) ->
            expected == 0 ? insert(handle, id, text) : update(handle, id, text, expected));
  }

  /**
   * Inserts a replay unless its id exists. If two transactions insert the same id at the same time,
   * one fails, is retried, and then finds the other's row.
   */
  private static boolean insert(Handle handle, UUID id, String text) {
    boolean exists =
        handle
            .createQuery("SELECT 1 FROM hookferry_replay WHERE id = :id")
            .bind("id", id)
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (exists) {
      return false;
    }
    handle
        .createUpdate("INSERT INTO hookferry_replay (id, revision, job) VALUES (:id, 1, :job)")
        .bind("id", id)
        .bind("job", text)
        .execute();
    return true;
  }

  private static boolean update(Handle handle, UUID id, String text, long expected) {
    return handle
            .createUpdate(
                """
                UPDATE hookferry_replay SET revision = revision + 1, job = :job
                WHERE id = :id AND revision = :expected
                """)
            .bind("id", id)
            .bind("job", text)
            .bind("expected", expected)
            .execute()
        == 1;
  }

  @Override
  public void remove(UUID id) {
    int unused =
        database.change(
            (handle, withAllChecks) ->
                handle
                    .createUpdate("DELETE FROM hookferry_replay WHERE id = :id")
                    .bind("id", id)
                    .execute());
  }
}
