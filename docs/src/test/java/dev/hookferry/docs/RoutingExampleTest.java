package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hookferry.contract.support.Poll;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the page on routing do what the page says, in their order. */
class RoutingExampleTest {
  private final List<String> received = new CopyOnWriteArrayList<>();
  private HttpServer receiver;
  private ManualServer server;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    receiver =
        ManualServer.receiver(
            exchange -> {
              exchange.getRequestBody().readAllBytes();
              received.add(exchange.getRequestURI().toString());
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
  void theCommandsDoWhatThePageSays() throws IOException {
    List<String> printed = new ArrayList<>();
    for (String block : blocks()) {
      block.lines().forEach(line -> printed.add(run(line)));
    }

    Poll.until(() -> received.size() == 3);
    assertThat(received).containsExactlyInAnyOrder("/eu", "/us", "/acme/hook?at=a%2Fb");
    String found =
        printed.stream().filter(text -> text.contains("LABELS")).findFirst().orElseThrow();
    assertThat(found.lines()).hasSize(2);
    assertThat(found).contains("region=eu tier=gold");
    assertThat(printed.get(printed.size() - 1)).contains("crm-eu", "customer=4711, plan=pro");
    assertThat(run("hookferry deliveries list --status pending")).contains("scheduled");
  }

  private static List<String> blocks() throws IOException {
    return ManualPage.blocks("routing.md", "sh").stream()
        .filter(
            block ->
                block.contains("region=")
                    || block.contains("--deliver-at")
                    || block.contains("--routing")
                    || block.contains("--metadata"))
        .toList();
  }

  private String run(String line) {
    return server.typed(
        line.replace("https://crm.example", "http://127.0.0.1:" + receiver.getAddress().getPort()));
  }
}
