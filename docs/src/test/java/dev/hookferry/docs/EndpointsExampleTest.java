package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on endpoints works from its first command to its last. */
final class EndpointsExampleTest {
  private HttpServer receiver;
  private ManualServer server;

  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    receiver =
        ManualServer.receiver(
            exchange -> {
              exchange.getRequestBody().readAllBytes();
              exchange.sendResponseHeaders(204, -1);
              exchange.close();
            });
    server = ManualServer.inMemory(folder);
  }

  @AfterEach
  void close() {
    server.close();
    receiver.stop(0);
  }

  @Test
  void theCommandsOfThePageWork() throws IOException {
    List<String> printed = new ArrayList<>();
    for (String block : ManualPage.blocks("endpoints.md", "sh")) {
      block.lines().map(this::run).forEach(printed::add);
    }
    String all = String.join("\n", printed);
    assertThat(printed).hasSize(14);
    assertThat(all)
        .contains("whsec_", "delivered 204", "paused crm", "resumed crm", "/v2/hook")
        .contains("removed the endpoint crm");
    assertThat(run("hookferry endpoints list")).contains("no endpoints");
  }

  private String run(String line) {
    return server.typed(
        line.replace("https://crm.example", "http://127.0.0.1:" + receiver.getAddress().getPort()));
  }
}
