package dev.hookferry.jdbc.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hookferry.jdbc.Postgres;
import dev.hookferry.jdbc.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Messages of failed statements, which end up in logs. */
final class StatementMessageTest {
  @Test
  void showNoValues() {
    try (TestDatabase place = new Postgres();
        Database database = place.connectAsStore()) {
      Throwable thrown =
          catchThrowable(
              () ->
                  database.query(
                      handle -> handle.createUpdate("no SQL :it").bind("it", "s3cr3t").execute()));
      StringWriter text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text));

      assertThat(text.toString()).contains("syntax error").doesNotContain("s3cr3t");
    }
  }
}
