package dev.hookferry.jdbc.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.TraceContext;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.outbox.RowSelection;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Contract of the trace that an outbox carries, in new tables and in old ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OutboxTraceContract {
  static final AtomicInteger TABLES = new AtomicInteger();
  private static final TraceContext TRACE =
      new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true, "congo=t61");

  final TestDatabase database;
  OutboxScene scene;

  OutboxTraceContract(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void setUp() throws SQLException {
    scene = new OutboxScene(database, "hookferry_outbox_" + TABLES.incrementAndGet());
  }

  @AfterEach
  void tearDown() {
    scene.close();
  }

  @AfterAll
  void close() {
    database.close();
  }

  /** Whether only one transaction at a time can write. */
  boolean isOneWriter() {
    return false;
  }

  /** An event that belongs to the trace. */
  private static NewEvent traced(String type) {
    return NewEvent.of(type, "{}").traceparent(TRACE.text()).tracestate(TRACE.state());
  }

  private void publish(NewEvent event) throws SQLException {
    try (Connection connection = scene.database.connect()) {
      var unused = scene.outbox.publish(connection, SiteId.DEFAULT, event);
    }
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = scene.database.connect();
        Statement statement = connection.createStatement()) {
      var unused = statement.execute(sql.formatted(scene.options.table()));
    }
  }

  /** Makes the tables those of a version without columns for the trace. */
  private void makeOld() throws SQLException {
    makeOld("", "_rejected");
  }

  private void makeOld(String... suffixes) throws SQLException {
    for (String suffix : suffixes) {
      for (String column : new String[] {"traceparent", "tracestate"}) {
        run("ALTER TABLE %s" + suffix + " DROP COLUMN " + column);
      }
    }
  }

  @Test
  void theTraceOfAnEventArrivesEvenAfterARejection() throws SQLException {
    publish(traced("license_created"));
    publish(traced("no_such_type"));
    try (OutboxRelay unused = scene.relay()) {
      scene.awaitEmpty();
      assertThat(scene.rejected()).isEqualTo(1);
      run("UPDATE %s_rejected SET type = 'license_deleted'");
      assertThat(scene.hookferry.webhooks().outboxes().retry("outbox", RowSelection.ALL))
          .isEqualTo(1);
      scene.awaitEmpty();
    }
    assertThat(scene.events())
        .hasSize(2)
        .allSatisfy(event -> assertThat(event.options().trace()).isEqualTo(TRACE));
  }

  @Test
  void aMalformedTraceIsIgnored() throws SQLException {
    run(
        "INSERT INTO %s (type, data, traceparent, tracestate)"
            + " VALUES ('license_created', '{}', 'none', 'congo=t61')");
    run(
        "INSERT INTO %s (type, data, traceparent, tracestate) VALUES ('license_created', '{}', '"
            + TRACE.text()
            + "', 'a=b=c')");
    try (OutboxRelay unused = scene.relay()) {
      scene.awaitEmpty();
    }
    assertThat(scene.events()).hasSize(2);
    assertThat(scene.events().get(0).options().trace()).isNull();
    assertThat(scene.events().get(1).options().trace()).isEqualTo(TRACE.withState(""));
  }

  @Test
  void tablesWithoutTheColumnsWorkAsBefore() throws SQLException {
    makeOld();
    publish(NewEvent.of("license_created", "{}"));
    publish(NewEvent.of("no_such_type", "{}"));
    assertThatThrownBy(() -> publish(traced("license_created")))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("have no columns for a trace; add traceparent (255 characters)");
    try (OutboxRelay unused = scene.relay()) {
      scene.awaitEmpty();
      run("UPDATE %s_rejected SET type = 'license_deleted'");
      var retried = scene.hookferry.webhooks().outboxes().retry("outbox", RowSelection.ALL);
      assertThat(retried).isEqualTo(1);
      scene.awaitEmpty();
    }
    assertThat(scene.events()).hasSize(2);
  }

  @Test
  void theTraceIsLeftOutIfOneTableHasNoColumnsForIt() throws SQLException {
    publish(traced("license_created"));
    publish(traced("no_such_type"));
    makeOld("_rejected");
    try (OutboxRelay unused = scene.relay()) {
      scene.awaitEmpty();
    }
    assertThat(scene.events()).singleElement().returns(null, e -> e.options().trace());
    assertThat(scene.rejected()).isEqualTo(1);
  }

  @Test
  void tablesMayBeChangedWhileTheyAreRelayed() throws SQLException {
    try (OutboxRelay relay = scene.relay()) {
      publish(traced("license_created"));
      scene.awaitEmpty();
      Poll.until(() -> relay.relayedRows() == 1);
      makeOld();
      publish(NewEvent.of("license_created", "{}"));
      scene.awaitEmpty();
    }
    assertThat(scene.events()).hasSize(2);
  }
}
