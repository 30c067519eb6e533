package dev.hookferry.jdbc.config;

import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowBatch;
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

/** Stores tallies in a table, with times in seconds since 1970. Thread-safe. */
public final class JdbcTallies implements TallyStore {
  /** A fixed order of updates, so that writers do not deadlock. */
  private static final Comparator<Tally> ORDER =
      Comparator.comparing(Tally::name).thenComparing(Tally::from);

  private final Database database;
  private final Dialect dialect;
  private final RowReader reading;

  public JdbcTallies(Database database) {
    this.database = database;
    dialect = database.dialect();
    reading = new RowReader(dialect);
  }

  @Override
  public void put(List<Tally> tallies, Instant now) {
    List<Tally> sorted = tallies.stream().sorted(ORDER).toList();
    int unused =
        database.change(
            (handle, withAllChecks) -> {
              dialect.insert(handle, "hookferry_tally", rows(update(handle, sorted, now), now));
              return handle
                  .createUpdate("DELETE FROM hookferry_tally WHERE ends <= :now")
                  .bind("now", now.getEpochSecond())
                  .execute();
            });
  }

  /**
   * Updates existing rows and returns the tallies that have no row yet and must be inserted. If
   * another process with the same writer inserts one in the meantime, the transaction is repeated.
   */
  private List<Tally> update(Handle handle, List<Tally> tallies, Instant now) {
    RowBatch batch =
        new RowBatch(
            """
            UPDATE hookferry_tally SET ends = :ends, written = :written, counted = :counted
            WHERE name = :name AND starts = :starts AND writer = :writer
            """,
            rows(tallies, now));
    int[] changed = batch.changed(handle, dialect);
    List<Tally> missing = new ArrayList<>();
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] == 0) {
        missing.add(tallies.get(i));
      }
    }
    return missing;
  }

  private static ColumnRows rows(List<Tally> tallies, Instant now) {
    ColumnRows rows =
        ColumnRows.of(
            ColumnRows.text("name"),
            ColumnRows.longInteger("starts"),
            ColumnRows.uuid("writer"),
            ColumnRows.longInteger("ends"),
            ColumnRows.longInteger("written"),
            ColumnRows.text("counted"));
    tallies.forEach(
        tally ->
            rows.add(
                tally.name(),
                tally.from().getEpochSecond(),
                tally.writer(),
                tally.until().getEpochSecond(),
                now.getEpochSecond(),
                tally.text()));
    return rows;
  }

  @Override
  public List<Tally> since(Instant time) {
    return since(time, "");
  }

  @Override
  public List<Tally> since(Instant time, String prefix) {
    return database.query(
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
        : database.query(
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
