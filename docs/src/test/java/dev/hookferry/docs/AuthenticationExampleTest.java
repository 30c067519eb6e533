package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the page on authentication do what the page says, in their order. */
class AuthenticationExampleTest {

  private final List<String> received = new CopyOnWriteArrayList<>();
  private HttpServer receiver;
  private ManualServer server;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    receiver = ManualServer.receiver(this::respond);
    server = ManualServer.inMemory(folder);
    Files.writeString(
        folder.resolve("crm-auth.json"),
        local(ManualPage.blocks("authentication.md", "json").get(0)));
  }

  private void respond(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean asksForToken = exchange.getRequestURI().getPath().equals("/oauth2/token");
      String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String text = asksForToken ? form : exchange.getRequestHeaders().getFirst("Authorization");
      received.add(exchange.getRequestURI() + " " + text);
      byte[] token =
          "{\"access_token\":\"t-1\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, token.length);
      exchange.getResponseBody().write(token);
    }
  }

  @AfterEach
  void close() {
    server.close();
    receiver.stop(0);
  }

  @Test
  void theCommandsDoWhatThePageSays() throws IOException {
    List<String> printed = new ArrayList<>();
    ManualPage.blocks("authentication.md", "sh")
        .get(0)
        .lines()
        .forEach(line -> printed.add(run(line)));

    assertThat(received)
        .containsExactly(
            "/oauth2/token grant_type=client_credentials&scope=hooks.write", "/hook Bearer t-1");
    assertThat(printed.get(0)).contains("delivered 200");
    assertThat(printed.get(2)).contains("/hook");
    assertThat(printed.toString()).doesNotContain("a client secret").doesNotContain("t-1");
    assertThat(run("hookferry endpoints change crm --no-auth")).isNotEmpty();
  }

  private String local(String text) {
    String here = "http://127.0.0.1:" + receiver.getAddress().getPort();
    return text.replace("https://crm.example", here).replace("https://login.example", here);
  }

  private String run(String line) {
    return server.typed(
        local(line).replace(" crm-auth.json", " " + folder.resolve("crm-auth.json")));
  }
}
