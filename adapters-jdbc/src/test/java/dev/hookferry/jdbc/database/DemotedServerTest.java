package dev.hookferry.jdbc.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.jdbc.Postgres;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.store.StoreException;
import org.junit.jupiter.api.Test;

/** Connections to a server that has become a standby. */
final class DemotedServerTest {
  /** A new one leads to the server that is the primary now. */
  @Test
  void aConnectionThatTakesNoWritesIsReplaced() {
    try (TestDatabase place = new Postgres();
        Database database = place.connectAsStore()) {
      place.execute("CREATE TABLE counted (n int)");
      place.execute("INSERT INTO counted VALUES (0)");
      database.query(
          handle -> handle.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"));

      int refused = 0;
      while (refused < 3 && !increments(database)) {
        refused++;
      }
      assertThat(refused).isLessThanOrEqualTo(1);
      for (int i = 0; i < 4; i++) {
        assertThat(increments(database)).isTrue();
      }
    }
  }

  private static boolean increments(Database database) {
    try {
      return database.<Integer>change(
              (handle, withAllChecks) -> handle.execute("UPDATE counted SET n = n + 1"))
          == 1;
    } catch (StoreException e) {
      assertThat(e).hasMessageContaining("read-only");
      return false;
    }
  }
}
