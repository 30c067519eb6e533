package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.ServerConfigReader;
import dev.hookferry.app.wiring.Server;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.jdbc.outbox.OutboxDialect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server that relays an outbox of somebody else's database. */
class OutboxServerTest {
  private static final String DATABASE = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";
  private static final String COUNTS =
      "SELECT (SELECT COUNT(*) FROM hookferry_outbox) || '/'"
          + " || (SELECT COUNT(*) FROM hookferry_outbox_rejected)";

  @Test
  void rowsAreDeliveredAndBadOnesShownAndDecidedAbout() throws SQLException {
    try (Inbox inbox = new Inbox();
        Server server = start()) {
      ApiClient client = new ApiClient(server.address(), ServerFixture.KEY);
      Poll.until(() -> outbox(client).path("problem").isTextual());
      assertThat(outbox(client).path("problem").asText()).contains("outboxes ddl --dialect h2");
      var unused =
          client.post(
              Path.ofSite("default", "endpoints"),
              JsonNodeFactory.instance
                  .objectNode()
                  .put("url", inbox.url("/outbox"))
                  .set("eventTypes", JsonNodeFactory.instance.arrayNode().add("license_created")));
      run(OutboxDialect.H2.ddl());
      insert("license_created", "{\"i\":1}");
      insert("nobody_knows", "{}");
      insert("license_created", "{nonsense");
      insert("license_created", "{\"i\":2}");

      assertThat(inbox.await("/outbox", 2))
          .extracting(received -> received.body().text())
          .anyMatch(body -> body.contains("{\"i\":1}"))
          .anyMatch(body -> body.contains("{\"i\":2}"));
      Poll.until(() -> counts().equals("0/2"));
      assertThat(typed(server, "list").out()).contains("relaying", "hookferry_outbox");
      CommandResult rejected = typed(server, "list", "outbox");
      assertThat(rejected.out()).contains("nobody_knows", "data: must be valid JSON");
      String id = typed(server, "list", "outbox", "--limit", "1").out().lines().toList().get(1);
      assertThat(typed(server, "retry", "outbox", id.substring(0, id.indexOf(' '))).out())
          .isEqualTo("1 row moved back into the outbox outbox\n");
      Poll.until(() -> counts().equals("0/2"));
      rowsThatAreNotThereAreNamed(server);
      assertThat(typed(server, "discard", "outbox").err()).contains("ROW_ID: must be given");
      assertThat(typed(server, "discard", "outbox", "--all").err()).contains("--yes is required");
      assertThat(typed(server, "discard", "outbox", "--all", "--yes").out())
          .isEqualTo("2 rows of the outbox outbox deleted\n");
      assertThat(counts()).isEqualTo("0/0");
      assertThat(outbox(client).path("state").asText()).isEqualTo("relaying");
    }
    run("SHUTDOWN");
  }

  private static void rowsThatAreNotThereAreNamed(Server server) {
    CommandResult absent = typed(server, "retry", "outbox", "998", "999");
    assertThat(absent.code()).isEqualTo(4);
    assertThat(absent.err())
        .isEqualTo("hookferry: no rejected row 998 or 999 in the outbox outbox\n");
  }

  private static Server start() {
    Map<String, List<String>> flags =
        Map.of(
            "--store", List.of("memory"),
            "--port", List.of("0"),
            "--allow-network", List.of("127.0.0.0/8"),
            "--allow-http", List.of("true"),
            "--outbox", List.of(DATABASE));
    Map<String, String> environment = Map.of("HOOKFERRY_ADMIN_KEY", ServerFixture.KEY);
    return Server.start(
        ServerConfigReader.read(
                new ConfigSources(java.nio.file.Path.of("target"), null, environment, flags))
            .config());
  }

  @Test
  void theScriptsArePrinted() {
    for (OutboxDialect dialect : OutboxDialect.values()) {
      CommandResult typed = CommandResult.run("outbox", "ddl", "--dialect", dialect.word());
      assertThat(typed.out()).isEqualTo(dialect.ddl());
      assertThat(typed.out()).contains("hookferry_outbox (", "hookferry_outbox_rejected (");
    }
    assertThat(CommandResult.run("outbox", "ddl", "--dialect", "db2").err())
        .contains("postgresql, mariadb");
    assertThat(CommandResult.run("outbox", "ddl", "--dialect", "postgresql", "--notify").out())
        .startsWith(OutboxDialect.POSTGRESQL.ddl())
        .contains("CREATE TRIGGER hookferry_outbox_notify");
    assertThat(CommandResult.run("outbox", "ddl", "--notify", "--dialect", "h2").err())
        .contains("--notify: works with --dialect postgresql only");
  }

  private static CommandResult typed(Server server, String... words) {
    List<String> all = new ArrayList<>(List.of("outbox"));
    all.addAll(List.of(words));
    all.addAll(List.of("--server", server.address().toString(), "--key", ServerFixture.KEY));
    return CommandResult.run(all.toArray(String[]::new));
  }

  private static JsonNode outbox(ApiClient client) {
    return client.get(Path.of("outboxes")).at("/data/0");
  }

  private static void insert(String type, String data) throws SQLException {
    run("INSERT INTO hookferry_outbox (type, data) VALUES ('%s', '%s')".formatted(type, data));
  }

  private static void run(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(DATABASE);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String counts() {
    try (Connection connection = DriverManager.getConnection(DATABASE);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(COUNTS)) {
      found.next();
      return found.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
