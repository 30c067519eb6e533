package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hookferry.app.cli.CommandResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that looks for what is wrong. */
final class DoctorCommandTest {
  /** More than an endpoint may have consecutively before it counts as failing. */
  private static final int FAILURES = 12;

  @TempDir private Path folder;

  @Test
  void reportsProblemsAndRemedies() throws IOException {
    String store = "file:" + folder.resolve("store");
    CommandResult fine =
        CommandResult.run("doctor", "--store", store, "--port", "0", "--allow-public=false");
    assertThat(fine.code()).as(fine.out()).isZero();
    assertThat(fine.out())
        .containsPattern("(?m)^ok {7}configuration {2}valid")
        .containsPattern("(?m)^ok {7}port ")
        .containsPattern("(?m)(All checks passed|0 failures, \\d warnings?)\\R\\z");
    CommandResult wrong = CommandResult.run("doctor", "--store", store, "--bind", "0.0.0.0");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.out())
        .containsPattern("(?m)^failure {2}configuration {2}.*TLS is off")
        .containsPattern("(?m)^ {9}→ ")
        .containsPattern("1 failure, \\d warnings?");
    CommandResult json =
        CommandResult.run("doctor", "--store", store, "--bind", "0.0.0.0", "-o", "json");
    JsonNode said = new ObjectMapper().readTree(json.out());
    assertThat(json.code()).isEqualTo(1);
    assertThat(said.path("ok").asBoolean(true)).isFalse();
    assertThat(said.path("checks").get(0).path("level").asText()).isEqualTo("failure");
    assertThat(said.path("checks").get(0).path("remedy").asText()).isNotEmpty();
  }

  @Test
  void asksARunningServer() {
    try (ServerFixture fixture = new ServerFixture("memory")) {
      String address = fixture.server().address().toString();
      CommandResult asked = CommandResult.run("doctor", "--server", address);
      assertThat(asked.code()).isZero();
      assertThat(asked.out())
          .contains(
              "the server is alive and runs version ",
              "delivery is on; no endpoint is failing",
              "all are sealed");
    }
    CommandResult nobody = CommandResult.run("doctor", "--server", "http://127.0.0.1:1");
    assertThat(nobody.code()).isEqualTo(6);
    assertThat(nobody.err()).contains("no response from http://127.0.0.1:1");
  }

  @Test
  void reportsTheKeysScopesOrThatItIsInvalid() {
    try (ServerFixture fixture = new ServerFixture("memory")) {
      String[] ask = {"doctor", "--server", fixture.server().address().toString(), "--key", "hf_x"};
      CommandResult wrong = CommandResult.run(ask);
      assertThat(wrong.code()).isEqualTo(1);
      assertThat(wrong.out())
          .containsPattern("(?m)^failure {2}key +the API key in --key is invalid or revoked")
          .contains("keys add", "1 failure");
      ask[4] = ServerFixture.KEY;
      assertThat(CommandResult.run(ask).out())
          .containsPattern("(?m)^ok {7}key +configured admin key \\(admin, all sites\\)$");
    }
  }

  @Test
  void aKeyThatABusyServerCannotCheckIsNotBlamed() throws IOException {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer busy = HttpServer.create(free, 0);
    byte[] alive = "{\"status\":\"alive\",\"delivery\":\"on\"}".getBytes(StandardCharsets.UTF_8);
    busy.createContext(
        "/",
        exchange -> {
          boolean isOfKey = exchange.getRequestURI().getPath().endsWith("/keys/self");
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(isOfKey ? 503 : 200, alive.length);
          exchange.getResponseBody().write(alive);
          exchange.close();
        });
    busy.start();
    try {
      String url = "http://127.0.0.1:" + busy.getAddress().getPort();
      assertThat(CommandResult.run("doctor", "--server", url, "--key", "hf_x").out())
          .containsPattern("(?m)^warning {2}key +cannot be checked: the server refused \\(503")
          .doesNotContain("HOOKFERRY_KEY");
    } finally {
      busy.stop(0);
    }
  }

  @Test
  void aServerThatRefusesEventsIsAFailure() throws IOException {
    String since = "\"count\":9,\"since\":\"2026-12-01T05:25:51Z\",\"at\":\"2026-12-01T05:26:32Z\"";
    String store = "{\"kind\":\"store\",\"reason\":\"the store does not respond\"," + since + "}";
    String names = "{\"kind\":\"resolver\",\"reason\":\"no name resolves\"," + since + "}";
    CommandResult down = askedOf("[" + store + "," + names + "]", false);
    assertThat(down.code()).isEqualTo(1);
    assertThat(down.out())
        .containsPattern(
            "(?m)^failure +store +the store does not respond \\(since 2026-12-01T05:25:51Z\\);"
                + " events are refused with 503$")
        .contains("check the database or the disk; see the server's log")
        .containsPattern("(?m)^warning +faults +resolver: no name resolves \\(since 2026");
    CommandResult again = askedOf("[" + store + "]", true);
    assertThat(again.code()).isZero();
    assertThat(again.out()).containsPattern("(?m)^warning +store +the store does not respond");
    CommandResult stopping = askedOf("[]", false);
    assertThat(stopping.code()).isEqualTo(1);
    assertThat(stopping.out()).containsPattern("(?m)^failure +ready +the server does not accept");
  }

  /** Asks a server with these faults. */
  private static CommandResult askedOf(String faults, boolean isReady) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String health =
        "{\"status\":\"alive\",\"delivery\":\"on\",\"secrets\":\"sealed\",\"faults\":"
            + faults
            + "}";
    String ready = isReady ? "ready" : "unready";
    server.createContext("/healthz", exchange -> reply(exchange, 200, health));
    server.createContext(
        "/readyz",
        exchange -> reply(exchange, isReady ? 200 : 503, "{\"status\":\"" + ready + "\"}"));
    server.start();
    try {
      return CommandResult.run(
          "doctor", "--server", "http://127.0.0.1:" + server.getAddress().getPort());
    } finally {
      server.stop(0);
    }
  }

  private static void reply(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void itsOutputFitsTheTerminal() {
    try (ServerFixture fixture = new ServerFixture("memory")) {
      String[] ask = {"doctor", "--server", fixture.server().address().toString()};
      CommandResult asked = CommandResult.inColor(60, ask);
      assertThat(asked.code()).isZero();
      List<String> lines =
          asked.out().lines().map(line -> line.replaceAll("\u001b\\[\\d*m", "")).toList();
      assertThat(lines).allMatch(line -> line.length() <= 60);
      assertThat(lines).anyMatch(line -> line.matches(" {24}\\S.*"));
      assertThat(String.join(" ", lines).replaceAll(" +", " "))
          .contains(
              String.join(" ", CommandResult.run(ask).out().lines().toList())
                  .replaceAll(" +", " "));
    }
  }

  @Test
  void asksTheServerOfTheVariableUnlessFlagsOfServeAreGiven() {
    try (ServerFixture fixture = new ServerFixture("memory")) {
      Map<String, String> url = Map.of("HOOKFERRY_URL", fixture.server().address().toString());
      assertThat(log(url, "doctor")).contains("the server is alive");
      Map<String, String> other = Map.of("HOOKFERRY_SERVER", url.get("HOOKFERRY_URL"));
      assertThat(log(other, "doctor")).contains("the server is alive");
      assertThat(log(Map.of("HOOKFERRY_URL", ""), "doctor"))
          .contains("configuration")
          .doesNotContain("server is alive", "no response from");
      assertThat(log(url, "doctor", "--store", "memory"))
          .contains("memory: all events are lost")
          .doesNotContain("the server is alive");
    }
  }

  private String log(Map<String, String> variables, String... args) {
    try (ServerChild child = ServerChild.run(folder, 0, variables, List.of(args))) {
      assertThat(child.exitCode()).as(child.log()).isZero();
      return child.log();
    }
  }

  @Test
  void serverAtAnotherAddressIsNotAFailure() {
    String store = "file:" + folder.resolve("store");
    try (ServerChild server = ServerChild.serve(folder, store).awaitReady()) {
      assertThat(server.log()).contains("ready");
      CommandResult beside =
          CommandResult.run("doctor", "--store", store, "--port", "0", "--allow-public=false");
      assertThat(beside.out())
          .containsPattern(
              "(?m)^warning {2}store .* is in use by process \\d+, a server at another")
          .contains("repeat this with its flags");
      assertThat(beside.code()).as(beside.out()).isZero();
    }
  }

  @Test
  void saysThatEndpointsOfARunningServerFail() {
    try (ServerFixture fixture = new ServerFixture("memory")) {
      Tenant tenant = fixture.tenant();
      tenant.changeSettings("{'webHookMaxRetries': 0}");
      fixture.inbox().responding("/down", n -> 500);
      tenant.endpoint(fixture.inbox().url("/down"), "*");
      for (int i = 0; i < FAILURES; i++) {
        tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
      }
      tenant.awaitDeliveries("exhausted", FAILURES);
      CommandResult asked =
          CommandResult.run("doctor", "--server", fixture.server().address().toString());
      assertThat(asked.out())
          .containsPattern(
              "(?m)^warning {2}delivery +delivery is on; 1 endpoint is failing; 12 exhausted since")
          .contains("hookferry problems list shows the causes");
      assertThat(asked.code()).isZero();
    }
  }
}
