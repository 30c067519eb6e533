package dev.hookferry.jdbc.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.Event;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.outbox.RejectedRow;
import dev.hookferry.query.PageRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract of single rows: those that repeat an event, and those that cannot be read. */
abstract class OutboxRowContract extends OutboxTraceContract {
  private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final int TOO_LONG = (1 << 16) + 1;

  OutboxRowContract(TestDatabase database) {
    super(database);
  }

  /** Inserts a row that was created at a time. */
  private void insert(String column, String value, Instant createdAt) throws SQLException {
    String sql =
        "INSERT INTO %s (type, data, created_at, %s) VALUES ('license_created', '{\"o\":17}', ?, ?)";
    try (Connection connection = database.connect();
        PreparedStatement insert =
            connection.prepareStatement(sql.formatted(scene.options.table(), column))) {
      OutboxDialect.of(connection).writeTime(insert, 1, createdAt);
      insert.setString(2, value);
      insert.executeUpdate();
    }
  }

  /** Rejects rows with these values of a column for times, and names the column. */
  final void rejectsTimes(String column, String... values) {
    for (String value : values) {
      database.execute(
          "INSERT INTO %s (type, data, %s) VALUES ('license_created', '{}', '%s')"
              .formatted(scene.options.table(), column, value));
    }
    scene.insert("license_created", "{}");
    try (OutboxRelay relay = scene.relay()) {
      scene.awaitEmpty();
      assertThat(relay.rejected(PageRequest.FIRST).data())
          .hasSize(values.length)
          .extracting(RejectedRow::reason)
          .containsOnly(column + ": must be a valid time in the years 1970 to 9999");
      assertThat(relay.status().problem()).isNull();
    }
    assertThat(scene.events()).hasSize(1);
  }

  @Test
  void aRepeatInAnotherRowIsNotSentAgain() throws SQLException {
    try (OutboxRelay relay = scene.relay()) {
      for (String column : List.of("event_id", "idempotency_key")) {
        insert(column, "order-17-paid", CREATED);
        scene.awaitEmpty();
        insert(column, "order-17-paid", CREATED.plusSeconds(2));
        scene.awaitEmpty();
      }
      assertThat(relay.rejected(PageRequest.FIRST).data()).isEmpty();
    }
    assertThat(scene.events()).hasSize(2).extracting(Event::occurredAt).containsOnly(CREATED);
  }

  @Test
  void aRepeatOfAnEventThatWasPublishedDirectlyIsNotSentAgain() throws SQLException {
    NewEvent event = NewEvent.of("license_created", "{\"o\":17}").id("order-17-paid");
    var unused = scene.hookferry.webhooks().publish(SiteId.DEFAULT, event).join();
    try (OutboxRelay relay = scene.relay()) {
      insert("event_id", "order-17-paid", CREATED);
      scene.awaitEmpty();
      assertThat(relay.rejected(PageRequest.FIRST).data()).isEmpty();
    }
    assertThat(scene.events()).hasSize(1);
  }

  @Test
  void anIdWithOtherContentOrAnotherTimeOfItsOwnIsRejected() throws SQLException {
    NewEvent event = NewEvent.of("license_created", "{}").id("order-17-paid");
    try (OutboxRelay relay = scene.relay();
        Connection connection = database.connect()) {
      scene.outbox.publish(connection, SiteId.DEFAULT, event);
      scene.awaitEmpty();
      insert("event_id", "order-17-paid", CREATED);
      scene.awaitEmpty();
      scene.outbox.publish(connection, SiteId.DEFAULT, event.occurredAt(CREATED));
      scene.awaitEmpty();
      assertThat(relay.rejected(PageRequest.FIRST).data())
          .hasSize(2)
          .extracting(RejectedRow::reason)
          .allMatch(reason -> reason.contains("with different content; use a new id"));
    }
    assertThat(scene.events()).hasSize(1);
  }

  /** Such a text may not fit into memory, so that it must not be read at all. */
  @Test
  void rejectsATooLongTextWithoutReadingIt() throws SQLException {
    List<String> columns = List.of("labels", "addressed_to", "routing");
    for (String column : columns) {
      insert(column, "x".repeat(TOO_LONG), CREATED);
    }
    scene.insert("license_created", "{}");
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      OutboxDialect dialect = OutboxDialect.of(connection);
      OutboxTable table = OutboxTable.of(connection, dialect, scene.options.table());
      assertThat(table.lock(connection, List.of(), 10))
          .hasSize(4)
          .allMatch(row -> row.length() < 100);
      connection.rollback();
    }
    try (OutboxRelay relay = scene.relay()) {
      scene.awaitEmpty();
      assertThat(relay.rejected(PageRequest.FIRST).data())
          .extracting(RejectedRow::reason)
          .containsExactly(
              "routing: must be at most 65536 bytes",
              "addressed_to: must be at most 65536 bytes",
              "labels: must be at most 65536 bytes");
    }
    assertThat(scene.events()).hasSize(1);
  }

  @Test
  void aMissingTableIsNamed() {
    scene.insert("license_created", "{}");
    String rejected = scene.options.table() + "_rejected";
    database.execute("DROP TABLE " + rejected);
    try (OutboxRelay relay = scene.relay()) {
      Poll.until(() -> relay.problem() != null);
      assertThat(relay.problem()).contains("; if the table " + rejected + " is missing, create");
    }
    database.execute("DROP TABLE " + scene.options.table());
    try (OutboxRelay relay = scene.relay()) {
      Poll.until(() -> relay.problem() != null);
      assertThat(relay.problem())
          .contains("; if the table " + scene.options.table() + " is missing, create");
    }
  }
}
