package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.receiver.ReceiverReply;
import dev.hookferry.contract.support.Poll;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statements that fail while they hold secrets, on databases without a master key: whatever the
 * driver and the libraries say of the failure, it shows none of them.
 */
class FailingDatabaseTest {
  @TempDir private Path folder;

  @Test
  void h2ShowsNothingOfAFailedWrite() throws SQLException {
    assertNothingIsShown("jdbc:h2:file:" + folder.resolve("db").toAbsolutePath());
  }

  @Test
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void postgresShowsNothingOfAFailedWrite() throws IOException, SQLException {
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)).start()) {
      assertNothingIsShown(postgres.getJdbcUrl("postgres", "postgres"));
    }
  }

  @Test
  void mariaDbShowsNothingOfAFailedWrite() throws SQLException {
    try (Databases databases = MariaDbServerTest.databases()) {
      assertNothingIsShown(databases.fresh());
    }
  }

  private static void assertNothingIsShown(String store) throws SQLException {
    Marker marker = new Marker();
    try (ServerFixture fixture = ServerFixture.withoutMasterKey(store);
        LogTap log = new LogTap()) {
      Tenant tenant = fixture.tenant();
      // A database's refusal is reported with the row that it refused.
      run(
          store,
          "ALTER TABLE hookferry_config_entry ADD CHECK (body NOT LIKE '%X-Token%')",
          "ALTER TABLE hookferry_config_entry ADD CHECK (body NOT LIKE '%secretKey%')",
          "ALTER TABLE hookferry_event ADD CHECK (type <> 'license_created')",
          "ALTER TABLE hookferry_attempt ADD CHECK (status <> 418)");
      String header = marker.secret("h3ader-s3cr3t");
      String key = marker.secret("site-s3cr3t-key");
      String payload = marker.secret("payl0ad-s3cr3t");
      String endpoint = "{'url':'https://93.184.216.34/','eventTypes':['*'],'headers':";
      marker.output(
          "answer",
          refusal(() -> tenant.post(endpoint + "{'X-Token':'" + header + "'}}", "endpoints")));
      marker.output(
          "answer", refusal(() -> tenant.changeSettings("{'webHookSecretKey':'" + key + "'}")));
      String event = "{\"type\":\"license_created\",\"data\":\"" + payload + "\"}";
      marker.output("answer", refusal(() -> tenant.publish(event)));
      refuseAnAnswer(fixture, tenant, marker, log);
      marker.output("log", log.text());
    }
    assertThat(marker.output("log"))
        .contains("request refused: store ")
        .doesNotContain("arguments:");
    assertThat(marker.findings()).isEmpty();
  }

  /** Neither what was sent nor what was answered is shown when the attempt cannot be written. */
  private static void refuseAnAnswer(
      ServerFixture fixture, Tenant tenant, Marker marker, LogTap log) {
    String payload = marker.secret("0ther-payl0ad");
    String answer = marker.secret("answ3r-s3cr3t");
    fixture.inbox().replying("/teapot", n -> ReceiverReply.of(418).with("X-Answer", answer));
    tenant.endpoint(fixture.inbox().url("/teapot"), "customer_created");
    tenant.publish("{\"type\":\"customer_created\",\"data\":\"" + payload + "\"}");
    Poll.until(() -> log.text().contains("store rejects a result of dlv_"));
    marker.output("log of attempts", tenant.list("attempts").toString());
  }

  private static String refusal(Runnable change) {
    try {
      change.run();
      throw new AssertionError("it was not refused");
    } catch (ApiException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void run(String store, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(store);
        Statement statement = connection.createStatement()) {
      for (String sql : List.of(statements)) {
        statement.execute(sql);
      }
    }
  }
}
