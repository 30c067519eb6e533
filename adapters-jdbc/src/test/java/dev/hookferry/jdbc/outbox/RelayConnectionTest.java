package dev.hookferry.jdbc.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hookferry.contract.support.DatabaseProxy;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.Event;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.Kind;
import dev.hookferry.jdbc.NetworkDatabase;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.outbox.RowSelection;
import dev.hookferry.refusal.OverloadedException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connections of a relay: lost ones, hanging ones, and those that nobody needs any more. */
final class RelayConnectionTest {
  private static final String TABLE = "hookferry_outbox";
  private static final String OTHERS =
      " FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
          + " AND backend_type = 'client backend'";

  @ParameterizedTest
  @EnumSource
  void aRelayRecoversFromALostDatabase(Kind kind) throws SQLException {
    try (NetworkDatabase database = kind.create();
        DatabaseProxy line = database.line();
        OutboxScene scene = new OutboxScene(database, TABLE)) {
      List<EventId> ids = scene.insert(1);
      OutboxOptions options =
          OutboxOptions.of(database.url(line.localPort())).withPoll(Duration.ofMillis(50));
      try (OutboxRelay relay = OutboxRelay.start(scene.hookferry.webhooks(), options)) {
        scene.awaitEmpty();
        line.down();
        Poll.until(() -> relay.problem() != null);
        assertThat(relay.status().pending()).as("nobody knows").isNull();
        line.up();
        Poll.until(() -> relay.problem() == null);

        line.down();
        Poll.until(() -> relay.problem() != null);
        EventId later = scene.insert(1).get(0);
        line.up();
        scene.awaitEmpty();
        assertThat(scene.events()).extracting(Event::id).containsExactly(ids.get(0), later);
      }
    }
  }

  /** The row is relayed again, and its event recognized. */
  @ParameterizedTest
  @EnumSource
  void aLostAnswerToACommitDoublesNothing(Kind kind) throws SQLException {
    for (DatabaseProxy.Cut cut : List.of(DatabaseProxy.Cut.BEFORE, DatabaseProxy.Cut.AFTER)) {
      try (NetworkDatabase database = kind.create();
          DatabaseProxy line = database.line();
          OutboxScene scene = new OutboxScene(database, TABLE)) {
        List<EventId> ids = scene.insert(3);
        scene.insert("nobody_knows", "{}");
        line.cutAtCommit(cut);
        String url = database.url(line.localPort()) + "&" + kind.settings();
        try (OutboxRelay unused =
            OutboxRelay.start(scene.hookferry.webhooks(), OutboxOptions.of(url))) {
          scene.awaitEmpty();
        }
        assertThat(scene.events()).extracting(Event::id).containsExactlyElementsOf(ids);
        assertThat(scene.rejected()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void timesDoNotDependOnTheZoneOfASession(Kind kind) throws SQLException {
    Instant at = Instant.parse("2026-10-25T00:30:00.123Z");
    try (NetworkDatabase database = kind.create();
        OutboxScene scene = new OutboxScene(database, TABLE)) {
      String far = database.url() + "&" + kind.settings();
      try (Connection writer = DriverManager.getConnection(far)) {
        NewEvent event = NewEvent.of("license_created", "{}").occurredAt(at);
        scene.outbox.publish(writer, SiteId.DEFAULT, event);
      }
      try (OutboxRelay unused = scene.relay()) {
        scene.awaitEmpty();
      }
      assertThat(scene.events()).extracting(Event::occurredAt).containsExactly(at);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRelayCanBeClosedWhileItWaitsForALock(Kind kind) throws SQLException {
    try (NetworkDatabase database = kind.create();
        OutboxScene scene = new OutboxScene(database, TABLE)) {
      scene.insert("nobody_knows", "{}");
      try (Connection other = database.connect();
          Statement statement = other.createStatement()) {
        boolean unused =
            statement.execute(
                kind == Kind.MARIADB
                    ? "LOCK TABLES hookferry_outbox_rejected READ"
                    : "BEGIN; LOCK TABLE hookferry_outbox_rejected IN EXCLUSIVE MODE");
        OutboxRelay relay = scene.relay("outbox", Duration.ZERO);
        Poll.until(() -> waits(kind, database));
        relay.close();
        OutboxScene.awaitNoThread();
      }
      assertThat(scene.count(TABLE)).isEqualTo(1);
      assertThat(scene.rejected()).isZero();
    }
  }

  /** PostgreSQL puts a new version of a row behind the others. */
  @Test
  void updatedRowKeepsItsTurn() throws SQLException {
    try (TestDatabase database = Kind.POSTGRES.create();
        OutboxScene scene = new OutboxScene(database, TABLE)) {
      List<EventId> ids = scene.insert(3);
      database.execute("UPDATE hookferry_outbox SET data = '[]' WHERE id = 1");
      try (OutboxRelay unused = scene.relay()) {
        scene.awaitEmpty();
      }
      assertThat(scene.events()).extracting(Event::id).containsExactlyElementsOf(ids);
    }
  }

  /** Else the rows would be in both tables. */
  @Test
  void aRetryThatFailsHalfwayChangesNothing() throws SQLException {
    try (TestDatabase database = Kind.MARIADB.create();
        OutboxScene scene = new OutboxScene(database, TABLE)) {
      scene.insert("nobody_knows", "{}");
      OutboxRelay relay = scene.relay();
      scene.awaitEmpty();
      relay.close();
      database.execute(
          "CREATE TRIGGER keep BEFORE DELETE ON hookferry_outbox_rejected FOR EACH ROW"
              + " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'kept'");

      assertThatThrownBy(() -> relay.retry(RowSelection.ALL))
          .isInstanceOf(OverloadedException.class)
          .hasMessageContaining("kept");
      assertThat(scene.count(TABLE)).isZero();
      assertThat(scene.rejected()).isEqualTo(1);
    }
  }

  private static boolean waits(Kind kind, TestDatabase database) {
    return kind == Kind.MARIADB
        ? !database
            .query(
                "SELECT id FROM information_schema.processlist WHERE db = DATABASE()"
                    + " AND state LIKE 'Waiting for table%'")
            .isEmpty()
        : !kind.waitingSessions(database).isEmpty();
  }

  /** An idle transaction would block changes of the table and keep VACUUM from its work. */
  @Test
  void anIdleRelayHasNoTransactionAndAClosedOneNoConnection() throws SQLException {
    try (TestDatabase database = Kind.POSTGRES.create();
        OutboxScene scene = new OutboxScene(database, TABLE)) {
      // Full batches, after which it looks for more on the second connection.
      scene.insert(1_000);
      try (OutboxRelay relay = scene.relay()) {
        Poll.until(() -> relay.relayedRows() == 1_000);
        Poll.until(() -> relay.status().pending() == 0);
        // A connection of this test itself stays in the list for a moment after its end.
        List<String> idle = List.of("hookferry idle", "hookferry idle");
        Poll.until(
            () -> database.query("SELECT application_name || ' ' || state" + OTHERS).equals(idle));
      }
      Poll.until(() -> database.query("SELECT pid" + OTHERS).isEmpty());
    }
  }

  /** A pool may have switched auto-commit off, and must not get back a connection that listens. */
  @Test
  void aListenerWorksOnAPoolWithoutAutoCommit() throws SQLException {
    HikariConfig config = new HikariConfig();
    try (TestDatabase database = Kind.POSTGRES.create();
        OutboxScene scene = new OutboxScene(database, TABLE)) {
      config.setJdbcUrl(database.url());
      config.setAutoCommit(false);
      config.setMaximumPoolSize(3);
      database.execute(OutboxDialect.POSTGRESQL.notifyDdl(TABLE).orElseThrow());
      try (HikariDataSource pool = new HikariDataSource(config)) {
        OutboxOptions options = OutboxOptions.of(pool).withListen(true);
        // Only a notification ends the pause.
        Duration pause = Duration.ofDays(1);
        try (OutboxRelay unused = OutboxRelay.start(scene.hookferry.webhooks(), options, pause)) {
          Poll.until(
              () -> !database.query("SELECT 1" + OTHERS + " AND query LIKE 'LISTEN%'").isEmpty());
          for (int i = 0; i < 3; i++) {
            scene.insert(1);
            Poll.until(() -> scene.count(TABLE) == 0);
          }
        }
        Poll.until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
        assertThat(database.query("SELECT 1" + OTHERS + " AND query LIKE 'LISTEN%'")).isEmpty();
      }
    }
  }
}
