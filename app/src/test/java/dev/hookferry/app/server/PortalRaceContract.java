package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.wiring.Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A link of the portal that is used twice at the same moment begins one session. */
interface PortalRaceContract {
  int ROUNDS = 8;

  ServerFixture fixture();

  /** Runs something with the addresses that a link is raced at: of one node twice, or of two. */
  default void racing(Consumer<List<URI>> race) {
    Server server = fixture().server();
    race.accept(List.of(server.address(), server.address()));
  }

  @Test
  default void linkUsedConcurrentlyBeginsOneSession() {
    Tenant tenant = fixture().tenant();
    tenant.changeSettings("{'portal': {'enabled': true}}");
    racing(
        addresses -> {
          for (int round = 1; round <= ROUNDS; round++) {
            List<HttpResponse<String>> replies = race(tenant, addresses, round % 2 == 0);
            assertThat(replies)
                .extracting(HttpResponse::statusCode)
                .satisfiesOnlyOnce(status -> assertThat(status).isIn(201, 303))
                .satisfiesOnlyOnce(status -> assertThat(status).isEqualTo(410));
            assertThat(replies)
                .filteredOn(reply -> reply.statusCode() == 410)
                .allSatisfy(
                    late -> {
                      assertThat(late.body()).containsPattern("no longer works|has been used");
                      assertThat(late.headers().firstValue("Set-Cookie")).isEmpty();
                    });
            assertThat(tenant.list("portal-sessions")).hasSize(round);
          }
        });
  }

  /** Uses a new link at both addresses: by two browsers, or by a browser and a program. */
  private static List<HttpResponse<String>> race(
      Tenant tenant, List<URI> addresses, boolean byProgram) {
    String path = URI.create(link(tenant)).getPath();
    String code = path.substring(path.lastIndexOf('/') + 1);
    HttpRequest browser = HttpRequest.newBuilder(addresses.get(0).resolve(path)).build();
    HttpRequest other =
        byProgram
            ? HttpRequest.newBuilder(addresses.get(1).resolve("/api/v1/portal/session"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"code\":\"" + code + "\"}"))
                .build()
            : HttpRequest.newBuilder(addresses.get(1).resolve(path)).build();
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
      for (HttpRequest request : List.of(browser, other)) {
        sent.add(CompletableFuture.supplyAsync(() -> send(request, start), threads));
      }
      return sent.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdownNow();
    }
  }

  private static String link(Tenant tenant) {
    return tenant.post("{'subject': 'c-1'}", "portal-links").path("url").asText();
  }

  private static HttpResponse<String> send(HttpRequest request, CyclicBarrier start) {
    try {
      HttpClient client = HttpClient.newHttpClient();
      start.await();
      return client.send(request, BodyHandlers.ofString());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
