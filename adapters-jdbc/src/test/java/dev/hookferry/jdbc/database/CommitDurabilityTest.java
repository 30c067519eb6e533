package dev.hookferry.jdbc.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.jdbc.Postgres;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.jdbc.dialect.TableNames;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Commits in a PostgreSQL that does not make them durable unless it is told to. */
final class CommitDurabilityTest {
  private static String synchronousCommit(ConnectionSource source) {
    TableNames names = TableNames.standard(source.dialect());
    try (Database database = new Database(source.dialect(), source.pool(), names)) {
      return database.change((handle, withAllChecks) -> shown(handle));
    }
  }

  private static String shown(Handle handle) {
    return handle.createQuery("SHOW synchronous_commit").mapTo(String.class).one();
  }

  @Test
  void everyCommitIsDurableBeforeItIsAcknowledged() {
    try (TestDatabase place = new Postgres()) {
      String name = place.query("SELECT current_database()").get(0);
      place.execute("ALTER DATABASE " + name + " SET synchronous_commit = off");
      PGSimpleDataSource application = new PGSimpleDataSource();
      application.setUrl(place.url());

      assertThat(place.query("SHOW synchronous_commit")).containsExactly("off");
      assertThat(
              synchronousCommit(
                  ConnectionSource.of(new ConnectionSettings(place.url(), null, null, 2))))
          .isEqualTo("on");
      assertThat(synchronousCommit(ConnectionSource.of(application, 2))).isEqualTo("on");
    }
  }

  /** A bulk load need not wait for the disk, but the commits after it must. */
  @Test
  void theCommitsAfterABulkLoadAreDurableAgain() {
    try (TestDatabase place = new Postgres();
        Database database = place.connectAsStore()) {
      boolean unused =
          database.change(
              (handle, withAllChecks) -> {
                database.dialect().beginBulk(handle);
                assertThat(shown(handle)).isEqualTo("off");
                return true;
              });
      String other =
          database.change(
              (handle, withAllChecks) -> {
                assertThat(shown(handle)).isEqualTo("on");
                return database.query(CommitDurabilityTest::shown);
              });
      assertThat(other).isEqualTo("on");
    }
  }

  /** The application's connections may be meant for reading. */
  @Test
  void writesWhereTransactionsAreReadOnlyByDefault() {
    try (TestDatabase place = new Postgres()) {
      String name = place.query("SELECT current_database()").get(0);
      place.execute("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
      PGSimpleDataSource application = new PGSimpleDataSource();
      application.setUrl(place.url());
      ConnectionSource source = ConnectionSource.of(application, 2);
      TableNames names = TableNames.standard(source.dialect());
      try (Database database = new Database(source.dialect(), source.pool(), names)) {
        int unused =
            database.change(
                (handle, withAllChecks) -> handle.execute("CREATE TABLE written (n int)"));
      }
      assertThat(place.query("SELECT n FROM written")).isEmpty();
    }
  }
}
