package dev.hookferry.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.jdbc.Postgres;
import dev.hookferry.jdbc.TestDatabase;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.junit.jupiter.api.Test;

/** Literals in statements stay unchanged, whatever the names of the tables. */
final class SqlLiteralTest {
  private static final List<String> TEXTS =
      List.of("hookferry_demo", "it's", "\\", "\\'", "{\"hookferry_17\"}", "é\n", "100%s");

  @Test
  void aValueThatLooksLikeATableIsNotRenamed() {
    try (TestDatabase database = new Postgres();
        Handle handle = Jdbi.open(database.url())) {
      handle.execute("CREATE SCHEMA own");
      handle.execute("CREATE TABLE own.hooks_event AS SELECT 1");
      handle
          .getConfig(SqlStatements.class)
          .setTemplateEngine(new TableNames(new PostgresDialect(), "own", "hooks_"));
      for (String text : TEXTS) {
        List<String> read =
            BinaryRows.read(
                handle,
                "SELECT %s::text FROM hookferry_event",
                List.of(ColumnRows.literal(text)),
                BinaryRows::text);
        assertThat(read).containsExactly(text);
      }
    }
  }
}
