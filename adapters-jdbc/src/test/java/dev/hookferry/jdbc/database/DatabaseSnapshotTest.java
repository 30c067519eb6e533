package dev.hookferry.jdbc.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.jdbc.AnyKind;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.store.config.ConfigChange;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The state that a snapshot sees, and its connections afterwards. */
final class DatabaseSnapshotTest {
  /** At the level of a snapshot, commits would see an old state. */
  @ParameterizedTest
  @EnumSource
  void commitsAreReadCommittedAgain(AnyKind kind, @TempDir Path folder) {
    try (TestDatabase place = kind.create(folder)) {
      JdbcStore.open(JdbcStoreOptions.of(place.url())).close();
      try (Database database = place.connectAsStore()) {
        DatabaseSnapshot one = database.snapshot();
        // Both connections of the pool.
        database.snapshot().close();
        one.close();
        int other =
            database.change(
                (handle, withAllChecks) -> {
                  assertThat(isolation(handle)).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
                  return database.<Integer>query(DatabaseSnapshotTest::isolation);
                });
        assertThat(other).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void seesTheStateOfItsBeginningWheneverItIsRead(AnyKind kind, @TempDir Path folder) {
    try (TestDatabase place = kind.create(folder)) {
      try (JdbcStore store = JdbcStore.open(JdbcStoreOptions.of(place.url()));
          Database database = place.connectAsStore();
          DatabaseSnapshot snapshot = database.snapshot()) {
        assertThat(store.config().save(List.of(new ConfigChange.PutRotation("mk_1")), 0))
            .contains(1L);

        assertThat(snapshot.<Long>read(DatabaseSnapshotTest::version)).isZero();
        assertThat(database.<Long>query(DatabaseSnapshotTest::version)).isEqualTo(1);
      }
    }
  }

  private static long version(Handle handle) {
    return handle.createQuery("SELECT version FROM hookferry_config").mapTo(Long.class).one();
  }

  private static int isolation(Handle handle) {
    try {
      return handle.getConnection().getTransactionIsolation();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
