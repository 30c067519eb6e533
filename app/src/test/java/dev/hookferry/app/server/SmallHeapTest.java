package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.receiver.Receiver;
import dev.hookferry.app.receiver.ReceiverReply;
import dev.hookferry.contract.support.Poll;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server with the heap that a JVM takes in a container of 512 MiB. */
final class SmallHeapTest {
  private static final int CLIENTS = 32;
  private static final int EACH = 8;
  private static final String BODY =
      "{\"type\":\"license_created\",\"data\":{\"text\":\"" + "x".repeat(900_000) + "\"}}";

  @TempDir private Path folder;

  /** In such a container the JVM takes the serial collector, with more processors another one. */
  @ParameterizedTest
  @CsvSource({
    "file:store, -XX:+UseSerialGC",
    "file:store, -XX:+UseG1GC",
    "memory, -XX:+UseSerialGC"
  })
  void manyLargeEventsAtOnceAreAcceptedOrRefusedForNow(String store, String collector)
      throws Exception {
    int port = ServerChild.freePort();
    List<String> serve =
        List.of(
            "serve",
            "--port=" + port,
            "--store=" + store,
            "--allow-network=127.0.0.0/8",
            "--allow-http");
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Receiver receiver =
            Receiver.start(
                any, InstantSource.system(), request -> new ReceiverReply(200, Duration.ZERO));
        ServerChild child =
            ServerChild.run(folder, port, List.of("-Xmx124m", collector), serve).awaitReady()) {
      Tenant tenant = new Tenant(child.client(), "default");
      tenant.endpoint(receiver.address() + "/hook", "*");

      List<HttpResponse<String>> answers = publishAll(port);

      assertThat(errors(child)).isEmpty();
      assertThat(answers).allMatch(answer -> answer.statusCode() == 202 || isForNow(answer));
      assertThat(answers).anyMatch(answer -> answer.statusCode() == 202);
      Poll.until(() -> tenant.deliveries("pending").isEmpty());
      assertThat(child.body("/healthz")).contains("\"faults\":[]");
      assertThat(errors(child)).isEmpty();
    }
  }

  private static boolean isForNow(HttpResponse<String> answer) {
    return answer.statusCode() == 503 && answer.headers().firstValue("Retry-After").isPresent();
  }

  /** The lines of errors, but for those that say that the memory is full for now. */
  private static List<String> errors(ServerChild child) {
    return child
        .log()
        .lines()
        .filter(line -> line.contains("OutOfMemory") || line.contains(" ERROR "))
        .filter(line -> !line.contains("cause=\"the memory for events is full"))
        .toList();
  }

  private static List<HttpResponse<String>> publishAll(int port) throws Exception {
    URI events = URI.create("http://127.0.0.1:" + port + "/api/v1/sites/default/events");
    HttpRequest request =
        HttpRequest.newBuilder(events)
            .header("Authorization", "Bearer " + ServerFixture.KEY)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(BODY))
            .build();
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<HttpResponse<String>>> asked = new ArrayList<>();
      for (int i = 0; i < CLIENTS * EACH; i++) {
        asked.add(clients.submit(() -> client.send(request, BodyHandlers.ofString())));
      }
      List<HttpResponse<String>> answers = new ArrayList<>();
      for (Future<HttpResponse<String>> one : asked) {
        answers.add(one.get());
      }
      return answers;
    } finally {
      clients.shutdownNow();
    }
  }
}
