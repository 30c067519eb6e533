package dev.hookferry.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.jdbc.Postgres;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements sent to PostgreSQL in one pipeline, and their form. */
final class PipelinedStatementsTest {
  private static final UUID ID = UUID.fromString("0197a1b2-ffff-7000-8000-00000000ffff");

  private static ColumnRows rows() {
    ColumnRows rows =
        ColumnRows.of(
            ColumnRows.uuid("id"),
            ColumnRows.text("word"),
            ColumnRows.time("at"),
            ColumnRows.integer("small"),
            ColumnRows.longInteger("big"),
            ColumnRows.flag("flag"),
            ColumnRows.bytes("raw"));
    rows.add(
        ID,
        "ä\"\\{,}NULL",
        Instant.parse("1999-12-31T23:59:59.999Z"),
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        true,
        new byte[] {0, -1});
    rows.add(ID, "", Instant.EPOCH, 0, 0L, false, new byte[0]);
    rows.add(ID, null, null, null, null, null, null);
    return rows;
  }

  @Test
  void carriesEveryTypeAndTellsNothingFromEmpty() {
    try (TestDatabase database = new Postgres();
        Database store = database.connectAsStore()) {
      database.execute(
          """
          CREATE TABLE sample (id uuid, word text, at timestamptz, small integer, big bigint,
            flag boolean, raw bytea)
          """);

      store.change(
          (handle, withAllChecks) ->
              new PipelinedStatements()
                  .addFor(rows(), "INSERT INTO sample SELECT * FROM <rows>")
                  .run(handle));

      assertThat(
              database.query(
                  """
                  SELECT concat_ws('|', id, coalesce(word, '-'),
                    coalesce(to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS'), '-'),
                    coalesce(small::text, '-'), coalesce(big::text, '-'),
                    coalesce(flag::text, '-'), coalesce(encode(raw, 'hex'), '-'))
                  FROM sample ORDER BY small
                  """))
          .isEqualTo(
              Arrays.asList(
                  ID
                      + "|ä\"\\{,}NULL|1999-12-31 23:59:59.999|-2147483648|9223372036854775807"
                      + "|true|00ff",
                  ID + "||1970-01-01 00:00:00.000|0|0|false|",
                  ID + "|-|-|-|-|-|-"));
    }
  }

  @Test
  void runsInOrderAndAnswersWithTheIdsOfAllStatements() {
    UUID other = new UUID(1, 2);
    try (TestDatabase database = new Postgres();
        Database store = database.connectAsStore()) {
      database.execute("CREATE TABLE sample (id uuid)");

      assertThat(
              store.<Object>change(
                  (handle, withAllChecks) ->
                      new PipelinedStatements()
                          .add("INSERT INTO sample VALUES (?)", ID)
                          .add("UPDATE sample SET id = ? WHERE id = ? RETURNING id", other, ID)
                          .addFor(ColumnRows.of(ColumnRows.uuid("id")), "this is not even sent")
                          .add("SELECT CAST(? AS uuid)", ID)
                          .run(handle)))
          .isEqualTo(Set.of(other, ID));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"binaryTransfer=false", "binaryTransferDisable=UUID_ARRAY"})
  void refusesAUrlThatForbidsTheBinaryForm(String setting) {
    String url = "jdbc:postgresql://127.0.0.1/shop?" + setting;
    assertThatThrownBy(() -> JdbcStoreOptions.of(url))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("binaryTransfer");
  }
}
