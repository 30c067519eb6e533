package dev.hookferry.jdbc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.jdbc.Kind;
import dev.hookferry.jdbc.NetworkDatabase;
import dev.hookferry.jdbc.database.ConnectionSettings;
import dev.hookferry.jdbc.database.ConnectionSource;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.TableNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A backup or copy of a large store, whose rows take longer to count than other queries may. */
final class SlowCountTest {
  /** Each ends a query after one second: the driver, and the server. */
  private static String limits(Kind kind) {
    return kind == Kind.MARIADB
        ? "&socketTimeout=1000&sessionVariables=max_statement_time=1"
        : "&socketTimeout=1&options=-c%20statement_timeout=1000";
  }

  @ParameterizedTest
  @EnumSource
  void theRowsAreCountedHoweverLongItTakes(Kind kind) throws Exception {
    try (NetworkDatabase place = kind.create()) {
      JdbcStore.open(JdbcStoreOptions.of(place.url())).close();
      ConnectionSource source =
          ConnectionSource.of(new ConnectionSettings(place.url() + limits(kind), null, null, 1));
      try (Database database =
          new Database(source.dialect(), source.pool(), TableNames.standard(source.dialect()))) {
        int millis = database.query(SlowCountTest::networkMillis);
        String seconds = database.query(handle -> serverLimit(handle, kind));
        String state;
        try (Connection other = place.connect();
            Statement statement = other.createStatement()) {
          execute(statement, lock(kind));
          CompletableFuture<JdbcSource> opening =
              CompletableFuture.supplyAsync(
                  () -> new JdbcSource(database, "a large one", false, () -> {}));
          Poll.until(() -> waits(kind, place) || opening.isDone());
          execute(statement, kind == Kind.MARIADB ? "DO SLEEP(2)" : "SELECT pg_sleep(2)");
          execute(statement, kind == Kind.MARIADB ? "UNLOCK TABLES" : "COMMIT");
          try (JdbcSource opened = opening.get(30, TimeUnit.SECONDS)) {
            state = opened.origin().state();
          }
        }
        assertThat(state).contains("events=0");
        assertThat(millis).isEqualTo(1_000);
        assertThat(database.<Integer>query(SlowCountTest::networkMillis)).isEqualTo(millis);
        assertThat(database.<String>query(handle -> serverLimit(handle, kind))).isEqualTo(seconds);
        assertThat(seconds).startsWith("1");
      }
    }
  }

  private static String lock(Kind kind) {
    return kind == Kind.MARIADB
        ? "LOCK TABLES hookferry_event WRITE"
        : "BEGIN; LOCK TABLE hookferry_event IN ACCESS EXCLUSIVE MODE";
  }

  private static boolean waits(Kind kind, NetworkDatabase place) {
    return kind == Kind.MARIADB
        ? !place
            .query(
                "SELECT id FROM information_schema.processlist WHERE db = DATABASE()"
                    + " AND state LIKE 'Waiting for table%'")
            .isEmpty()
        : !kind.waitingSessions(place).isEmpty();
  }

  private static void execute(Statement statement, String sql) throws SQLException {
    var unused = statement.execute(sql);
  }

  private static int networkMillis(Handle handle) {
    try {
      return handle.getConnection().getNetworkTimeout();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Not by a query of the handle, which would have a limit of its own. */
  private static String serverLimit(Handle handle, Kind kind) {
    String sql = kind == Kind.MARIADB ? "SELECT @@max_statement_time" : "SHOW statement_timeout";
    try (Statement statement = handle.getConnection().createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
