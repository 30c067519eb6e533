package dev.hookferry.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.jdbc.Postgres;
import dev.hookferry.jdbc.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values in the text of a statement stay what they are, whatever the tables are called. */
final class LiteralTest {
  private static final List<String> TEXTS =
      List.of(
          "hookferry_demo",
          "a_hookferry_hookferry_",
          "it's",
          "\\",
          "\\'",
          "{\"hookferry_17\"}",
          "é\n");

  @Test
  void aValueThatLooksLikeATableIsNotRenamed() {
    try (TestDatabase database = new Postgres()) {
      for (String text : TEXTS) {
        String literal = ColumnRows.literal(text);
        assertThat(literal).doesNotContain(TableNames.PREFIX);
        assertThat(database.query("SELECT " + literal)).containsExactly(text);
      }
    }
  }
}
