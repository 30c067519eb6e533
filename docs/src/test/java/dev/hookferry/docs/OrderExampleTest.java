package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hookferry.contract.support.Poll;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of blocked keys in the manual does what the page says. */
class OrderExampleTest {
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(500);
  private HttpServer receiver;
  private ManualServer server;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    receiver =
        ManualServer.receiver(
            exchange -> {
              exchange.getRequestBody().readAllBytes();
              if (status.get() == 200) {
                received.add(exchange.getRequestHeaders().getFirst("Hookferry-Event-Type"));
              }
              exchange.sendResponseHeaders(status.get(), -1);
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
  void theCommandsFindRetryAndSkipBlockedKeys() throws IOException {
    List<String> blocks = blocks();
    assertThat(blocks).hasSize(3);
    List<String> before = blocks.get(0).lines().toList();
    for (String line : before) {
      // The page shows what a person sees who types: each event has failed before the next command.
      Poll.until(() -> !run("hookferry deliveries list").contains("pending"));
      String unused = run(line);
    }
    Poll.until(() -> run("hookferry blocked-keys list erp").lines().count() == 3);
    assertThat(columns(run(before.get(before.size() - 1)))).isEqualTo(columns(blocks.get(1)));

    status.set(200);
    List<String> after = blocks.get(2).lines().toList();
    assertThat(run(after.get(0))).startsWith("scheduled a retry of dlv_");
    Poll.until(() -> received.size() == 2);
    assertThat(received).containsExactly("license_created", "license_modified");
    assertThat(run(after.get(1) + " --yes")).startsWith("skipped dlv_");
    assertThat(run("hookferry deliveries list --status exhausted").lines()).hasSize(2);
    assertThat(run("hookferry blocked-keys list erp")).contains("no blocked keys");
  }

  /** Returns what does not change from one run to the next: the headings, and some columns. */
  private static List<String> columns(String table) {
    return table
        .lines()
        .map(line -> line.replaceAll("\\d{4}-\\S+|(dlv|evt)_\\w+|\\s+", " "))
        .map(line -> line.replaceAll(" +", " ").strip())
        .toList();
  }

  private static List<String> blocks() throws IOException {
    return ManualPage.blocks("ordering.md", "sh|text").stream()
        .filter(block -> block.contains("license-4712"))
        .toList();
  }

  private String run(String line) {
    return server.typed(
        line.replace("https://erp.example", "http://127.0.0.1:" + receiver.getAddress().getPort()));
  }
}
