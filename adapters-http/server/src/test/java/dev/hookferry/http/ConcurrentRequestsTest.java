package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replies come from other threads than requests: each must reach its caller. */
class ConcurrentRequestsTest {
  private static final int CLIENTS = 24;
  private static final int ROUNDS = 60;
  private static final int AT_ONCE = 5;

  private final Served served = new Served();
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

  @AfterEach
  void close() {
    threads.shutdownNow();
    served.close();
  }

  @Test
  void everyClientGetsItsOwnAnswersInOrder() {
    served.post(
        Served.DEFAULT + "/endpoints", "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"]}");
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      String name = "client-" + i;
      clients.add(CompletableFuture.runAsync(() -> publish(name), threads));
    }
    clients.forEach(CompletableFuture::join);

    int all = CLIENTS * ROUNDS * AT_ONCE;
    Poll.until(() -> served.transport.requests().size() == all);
    assertThat(
            served.transport.requests().stream()
                .map(request -> request.body().text())
                .collect(Collectors.toSet()))
        .hasSize(all);
    String accepted = "hookferry_events_accepted_total{site=\"default\"} " + all + ".0";
    Poll.until(() -> served.get("/metrics").body().contains(accepted));
  }

  /** Several requests on their way at once, on one connection; some with large bodies. */
  private void publish(String name) {
    try (RawClient client = new RawClient(served)) {
      for (int round = 0; round < ROUNDS; round++) {
        int first = round * AT_ONCE;
        String requests =
            IntStream.range(first, first + AT_ONCE)
                .mapToObj(i -> request(name + "-" + i, i % 7 == 0 ? 20_000 : 10))
                .collect(Collectors.joining());
        client.write(requests);
        for (int i = first; i < first + AT_ONCE; i++) {
          assertThat(client.readUntil("}"))
              .startsWith("HTTP/1.1 202 ")
              .endsWith("{\"id\":\"" + name + "-" + i + "\",\"deliveries\":1}");
        }
      }
    }
  }

  private String request(String id, int size) {
    String data = "\"" + id + "x".repeat(size) + "\"";
    String body = "{\"type\":\"license_created\",\"id\":\"" + id + "\",\"data\":" + data + "}";
    return "POST "
        + Served.DEFAULT
        + "/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer "
        + served.admin
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
