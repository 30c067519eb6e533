package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.config.LogConfig;
import dev.hookferry.app.config.LogFormat;
import dev.hookferry.app.config.LogLevel;
import dev.hookferry.app.logging.Logs;
import dev.hookferry.contract.support.DatabaseProxy;
import dev.hookferry.contract.support.Poll;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The server's log while its database is away: an error, refused requests, and the end. */
class StoreOutageLogTest {
  private static final String EVENT = "{\"type\":\"license_created\",\"data\":{}}";
  private static final Pattern FAULTS = Pattern.compile("(?m)^hookferry_faults_total (\\d+)");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    PrintStream before = System.err;
    System.setErr(new PrintStream(out, true, StandardCharsets.UTF_8));
    Logs.toStandardError(new LogConfig(LogFormat.TEXT, LogLevel.INFO));
    System.setErr(before);
  }

  @AfterEach
  void silence() {
    Logs.off();
  }

  @Test
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void postgresOutageLogsThreeLines() throws Exception {
    try (EmbeddedPostgres postgres =
            EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)).start();
        DatabaseProxy line = new DatabaseProxy("127.0.0.1", postgres.getPort())) {
      assertThreeLines(
          line, "jdbc:postgresql://127.0.0.1:" + line.localPort() + "/postgres?user=postgres");
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void mariaDbOutageLogsThreeLines() throws Exception {
    try (Databases databases = MariaDbServerTest.databases()) {
      String url = databases.fresh();
      URI place = URI.create(url.substring("jdbc:".length()));
      try (DatabaseProxy line = new DatabaseProxy(place.getHost(), place.getPort())) {
        assertThreeLines(line, url.replace(place.getAuthority(), "127.0.0.1:" + line.localPort()));
      }
    }
  }

  private void assertThreeLines(DatabaseProxy line, String store) throws Exception {
    try (ServerFixture fixture = new ServerFixture(store)) {
      Tenant tenant = fixture.tenant();
      tenant.endpoint(fixture.inbox().url("/outage"), "*");
      for (int i = 0; i < 20; i++) {
        tenant.publish(EVENT);
      }
      tenant.awaitDeliveries("delivered", 20);
      int before = lines().size();
      long faults = faults(fixture);
      line.down();
      Poll.until(() -> isRefused(tenant) && faults(fixture) >= faults + 12);
      line.up();
      Poll.until(() -> lines().stream().anyMatch(one -> one.contains(" store available again ")));
      Poll.until(() -> !isRefused(tenant));

      List<String> outage = lines().subList(before, lines().size());
      assertThat(outage.stream().map(one -> one.replaceFirst("^\\S+ ", "")).sorted())
          .as("%s", outage)
          .satisfiesExactly(
              error ->
                  assertThat(error)
                      .startsWith("ERROR store unavailable: events are refused, nothing is sent ")
                      .containsPattern(" store=\"?jdbc:\\S+ cause=.* during=(\\S+|\"[^\"]+\")$"),
              again -> assertThat(again).startsWith("INFO  store available again afterMillis="),
              refused ->
                  assertThat(refused)
                      .startsWith("WARN  request refused: store unavailable path=/api/v1/")
                      .contains(" cause="));
      assertThat(outage).allMatch(one -> one.length() < 300);
    }
  }

  private static boolean isRefused(Tenant tenant) {
    try {
      tenant.publish(EVENT);
      return false;
    } catch (ApiException e) {
      assertThat(e.status()).isEqualTo(503);
      return true;
    }
  }

  private static long faults(ServerFixture fixture) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(fixture.server().address() + "/metrics"))
            .header("Authorization", "Bearer " + ServerFixture.KEY)
            .build();
    try {
      String page = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
      Matcher found = FAULTS.matcher(page);
      assertThat(found.find()).as(page).isTrue();
      return Long.parseLong(found.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
