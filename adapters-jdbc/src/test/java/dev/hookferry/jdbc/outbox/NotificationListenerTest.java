package dev.hookferry.jdbc.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.Kind;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.refusal.InvalidException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listener is woken by the trigger that the manual shows. */
class NotificationListenerTest {
  private static final NewEvent EVENT = NewEvent.of("license_created", "{}");
  private static final String LISTENING =
      "FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'";

  private final TestDatabase database = Kind.POSTGRES.create();
  private final Semaphore wakes = new Semaphore(0);
  private final OutboxOptions options =
      OutboxOptions.of(database.url()).withTable("public.Events_Out").withListen(true);
  private final Outbox outbox = Outbox.of(options);
  private final NotificationListener listener =
      new NotificationListener(
          options, wakes::release, new RelayLog("outbox"), Duration.ofMillis(10));
  private final Thread thread = new Thread(listener, "listener");

  @BeforeEach
  void listen() throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      outbox.createTables(connection);
      String trigger = OutboxDialect.POSTGRESQL.notifyDdl("public.Events_Out").orElseThrow();
      statement.execute(trigger);
    }
    thread.start();
    assertThat(woken()).as("for the rows of before").isTrue();
  }

  @AfterEach
  void close() throws Exception {
    listener.stop();
    thread.join(Duration.ofMinutes(5).toMillis());
    assertThat(thread.isAlive()).isFalse();
    Poll.until(() -> database.query("SELECT 1 " + LISTENING).isEmpty());
    database.close();
  }

  @Test
  void everyCommitWakesOnceWhateverItInserted() throws Exception {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      outbox.publish(connection, SiteId.DEFAULT, EVENT);
      outbox.publish(connection, SiteId.DEFAULT, EVENT);
      connection.commit();
      assertThat(woken()).isTrue();

      outbox.publish(connection, SiteId.DEFAULT, EVENT);
      connection.rollback();
      outbox.publish(connection, SiteId.DEFAULT, EVENT);
      connection.commit();
      assertThat(woken()).isTrue();
    }
    assertThat(wakes.availablePermits()).isZero();
  }

  @Test
  void anEndedConnectionIsReplacedAndWhatWasMissedIsLookedFor() throws Exception {
    database.query("SELECT pg_terminate_backend(pid) " + LISTENING);
    assertThat(woken()).as("when it listens again").isTrue();

    try (Connection connection = database.connect()) {
      outbox.publish(connection, SiteId.DEFAULT, EVENT);
    }
    assertThat(woken()).isTrue();
  }

  @Test
  void otherDatabasesRefuseToListen() {
    OutboxOptions other = OutboxOptions.of("jdbc:mariadb://127.0.0.1/shop");
    assertThatThrownBy(() -> other.withListen(true))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("listen: works with PostgreSQL only");
    for (OutboxDialect dialect : OutboxDialect.values()) {
      assertThat(dialect.notifyDdl("t").isPresent()).isEqualTo(dialect == OutboxDialect.POSTGRESQL);
    }
  }

  private boolean woken() throws InterruptedException {
    return wakes.tryAcquire(5, TimeUnit.MINUTES);
  }
}
