package dev.hookferry.jdbc.config;

import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.store.TallyStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Stores tallies in a table, with times in seconds since 1970. Thread-safe. */
public final class JdbcTallies implements TallyStore {
  /** A fixed order of updates, so that writers do not deadlock. */
  private static final Comparator<Tally> ORDER =
      Comparator.comparing(Tally::name).thenComparing(Tally::from);

  private final Database database;
  private final RowReader reading;

  public JdbcTallies(Database database) {
    this.database = database;
    reading = new RowReader(database.dialect());
  }

  @Override
  public void put(List<Tally> tallies, Instant now) {
    List<Tally> sorted = tallies.stream().sorted(ORDER).toList();
    int unused =
        database.change(
            (handle, careful) -> {
              List<Tally> fresh = sorted.isEmpty() ? sorted : update(handle, sorted, now);
              if (!fresh.isEmpty()) {
                insert(handle, fresh, now);
              }
              return handle
                  .createUpdate("DELETE FROM hookferry_tally WHERE ends <= :now")
                  .bind("now", now.getEpochSecond())
                  .execute();
            });
  }

  /**
   * Updates existing rows and returns the tallies without one. Only their writer changes a tally's
   * row, so rows that do not exist yet are new.
   */
  private static List<Tally> update(Handle handle, List<Tally> tallies, Instant now) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            UPDATE hookferry_tally SET ends = :ends, written = :written, counted = :counted
            WHERE name = :name AND starts = :starts AND writer = :writer
            """);
    tallies.forEach(tally -> bound(batch, tally, now).add());
    int[] changed = batch.execute();
    List<Tally> missing = new ArrayList<>();
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] == 0) {
        missing.add(tallies.get(i));
      }
    }
    return missing;
  }

  private static void insert(Handle handle, List<Tally> tallies, Instant now) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO hookferry_tally (name, starts, writer, ends, written, counted)
            VALUES (:name, :starts, :writer, :ends, :written, :counted)
            """);
    tallies.forEach(tally -> bound(batch, tally, now).add());
    int[] unused = batch.execute();
  }

  private static PreparedBatch bound(PreparedBatch batch, Tally tally, Instant now) {
    return batch
        .bind("name", tally.name())
        .bind("starts", tally.from().getEpochSecond())
        .bind("writer", tally.writer())
        .bind("ends", tally.until().getEpochSecond())
        .bind("written", now.getEpochSecond())
        .bind("counted", tally.text());
  }

  @Override
  public List<Tally> since(Instant time) {
    return since(time, "");
  }

  @Override
  public List<Tally> since(Instant time, String prefix) {
    return database.look(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT name, starts, writer, ends, counted FROM hookferry_tally
                    WHERE written >= :since AND name LIKE :names
                    """)
                .bind("since", time.getEpochSecond())
                .bind("names", prefix + "%")
                .map((row, context) -> tally(row))
                .list());
  }

  @Override
  public List<Tally> named(Set<String> names) {
    return names.isEmpty()
        ? List.of()
        : database.look(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT name, starts, writer, ends, counted FROM hookferry_tally
                        WHERE name IN (<names>)
                        """)
                    .bindList("names", List.copyOf(names))
                    .map((row, context) -> tally(row))
                    .list());
  }

  private Tally tally(ResultSet row) throws SQLException {
    return new Tally(
        reading.uuid(row, "writer"),
        row.getString("name"),
        Instant.ofEpochSecond(row.getLong("starts")),
        Instant.ofEpochSecond(row.getLong("ends")),
        row.getString("counted"));
  }
}
