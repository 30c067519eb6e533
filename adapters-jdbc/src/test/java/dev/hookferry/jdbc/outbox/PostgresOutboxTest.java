package dev.hookferry.jdbc.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.jdbc.Kind;
import dev.hookferry.outbox.RejectedRow;
import dev.hookferry.query.PageRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresOutboxTest extends OutboxContract {
  PostgresOutboxTest() {
    super(Kind.POSTGRES.create());
  }

  @ParameterizedTest
  @ValueSource(strings = {"occurred_at", "created_at", "deliver_at"})
  void aTimeOutOfRangeIsRejected(String column) {
    rejectsTimes(
        column,
        "294276-12-31",
        "10000-01-01 00:00:00Z",
        "1969-12-31 23:59:59Z",
        "4713-01-01 BC",
        "infinity",
        "-infinity");
  }

  @Test
  void aTableMayAllowNullAndHaveIdsOfAnotherType() {
    String table = scene.options.table();
    database.execute("ALTER TABLE " + table + " ALTER COLUMN data DROP NOT NULL");
    for (String one : new String[] {table, table + "_rejected"}) {
      database.execute("ALTER TABLE " + one + " ALTER COLUMN event_id DROP DEFAULT");
      database.execute("ALTER TABLE " + one + " ALTER COLUMN event_id TYPE uuid USING NULL");
    }
    database.execute(
        "ALTER TABLE " + table + " ALTER COLUMN event_id SET DEFAULT gen_random_uuid()");
    database.execute("INSERT INTO " + table + " (type) VALUES ('license_created')");
    scene.insert("license_created", "{}");
    try (OutboxRelay relay = scene.relay()) {
      scene.awaitEmpty();
      assertThat(relay.rejected(PageRequest.FIRST).data())
          .singleElement()
          .returns("data: must not be null", RejectedRow::reason);
      database.execute("ALTER TABLE " + table + "_rejected ALTER COLUMN data DROP NOT NULL");
      database.execute("UPDATE " + table + "_rejected SET data = NULL");
      assertThat(relay.rejected(PageRequest.FIRST).data())
          .singleElement()
          .returns("", RejectedRow::data);
    }
    assertThat(scene.events()).hasSize(1);
  }
}
