package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.docs.Terminals.Said;
import dev.hookferry.jdbc.outbox.Outbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on replacing a sender of one's own works as it is printed. */
class ReplaceSenderExampleTest {
  private static final String PAGE = "replace-your-sender.md";

  @TempDir Path folder;

  @Test
  void theReceiversGetWhatTheOldSenderSentAndNothingIsLost() throws Exception {
    // Blocks inside a list are indented.
    String page = Files.readString(Path.of(PAGE)).replaceAll("(?m)^ {3}(?=\\S| {2}\\S)", "");

    Said said = new Terminals(folder).follow(page, "POST /bi");

    assertThat(said.commands())
        .contains("X-Shop-Signature valid", "accepted order-4711: no matching endpoint")
        .contains("(webhook-17)", "(webhook-18)", "(webhook-19)")
        .doesNotContain("hookferry: ");
    assertThat(said.receiver())
        .contains("POST /crm", "POST /erp", "event order-4711  attempt 1  41 bytes")
        .contains("\n  {\"event\":\"order.created\",\"number\":\"4711\"}\n");
  }

  @Test
  void theRowIsAnEventOfTheOutbox() throws Exception {
    List<String> rows = ManualPage.blocks(PAGE, "sql");
    assertThat(rows).hasSize(1);
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:replaced");
        Statement statement = connection.createStatement()) {
      Outbox.standard().createTables(connection);

      statement.execute(rows.get(0));

      assertThat(row(statement))
          .isEqualTo("order-4711 order.created {\"event\":\"order.created\",\"number\":\"4711\"}");
    }
  }

  private static String row(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("SELECT event_id, type, data FROM hookferry_outbox")) {
      assertThat(row.next()).isTrue();
      return row.getString(1) + " " + row.getString(2) + " " + row.getString(3);
    }
  }
}
