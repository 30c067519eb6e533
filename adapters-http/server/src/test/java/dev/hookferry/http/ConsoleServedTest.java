package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Hookferry;
import dev.hookferry.access.Scope;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.console.Console;
import dev.hookferry.http.console.ConsoleOptions;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.frame.ServerInfo;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.socket.Downloads;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console over sockets, beside the API. */
class ConsoleServedTest {
  private final ManualClock clock = ManualClock.atNoon();
  private final Activity activity = new Activity();
  private final MetricsListener metrics = new MetricsListener();
  private final BlockableStore store =
      new BlockableStore(new MemoryStore(clock, Duration.ofHours(1)));
  private final Hookferry hookferry =
      Hookferry.builder(store, new ScriptedTransport())
          .secrets(Secrets.inTheClear())
          .clock(clock)
          .listener(activity)
          .build()
          .start();
  private final HttpServer server =
      HttpServer.start(
          hookferry,
          metrics,
          new Console(
              hookferry,
              new ConsoleOptions(clock, new SecureRandom(), activity, false, ServerInfo.NONE)),
          HttpServerOptions.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    server.close();
    hookferry.close();
  }

  @Test
  void theRootIsAPageForBrowsersAndJsonForPrograms() throws Exception {
    assertThat(send("GET", "/", "Accept", "text/html,*/*").headers().firstValue("Location"))
        .hasValue("/login");
    assertThat(send("GET", "/", "Accept", "*/*").body()).contains("\"openapi\":\"/openapi.json\"");
    assertThat(send("GET", "/help", "Accept", "*/*").body()).startsWith("{");
    HttpRequest.Builder browser = request("/help").header("Accept", "text/html").GET();
    assertIsPage(client.send(browser.build(), BodyHandlers.ofString()));
    assertIsPage(client.send(browser.header("Cookie", cookie()).build(), BodyHandlers.ofString()));
    assertThat(send("GET", "/login", "Accept", "*/*").body()).contains("Sign in");
    assertThat(send("HEAD", "/login", "Accept", "*/*").statusCode()).isEqualTo(200);
    assertThat(send("DELETE", "/sites/default", "Cookie", cookie()).statusCode()).isEqualTo(404);
  }

  @Test
  void aStreamTellsThatSomethingHappenedAndEndsWithTheServer() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    HttpRequest request = request("/sites/default/live").header("Cookie", cookie()).GET().build();
    CompletableFuture<HttpResponse<Stream<String>>> stream =
        client.sendAsync(request, BodyHandlers.ofLines());
    CompletableFuture<Void> ended =
        stream.thenAcceptAsync(response -> response.body().forEach(lines::add));
    assertThat(stream.get().headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    Poll.until(
        () -> {
          var unused =
              hookferry
                  .webhooks()
                  .publish(SiteId.DEFAULT, NewEvent.of("license_created", "{}"))
                  .join();
          return lines.contains("event:changed");
        });
    server.close();
    ended.get();
  }

  @Test
  void wrongKeysAreCountedWithThoseOfTheApi() throws Exception {
    HttpRequest wrong = request("/login").POST(BodyPublishers.ofString("key=hf_wrong")).build();
    int status = 401;
    for (int i = 0; i < 100 && status == 401; i++) {
      status = client.send(wrong, BodyHandlers.ofString()).statusCode();
    }
    assertThat(status).isEqualTo(429);
  }

  @Test
  void refusesAnOversizedForm() throws Exception {
    HttpRequest request =
        request("/login").POST(BodyPublishers.ofByteArray(new byte[2 << 20])).build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: \"chunked\"\r\n",
        "Transfer-Encoding:\r\n",
        "Content-Length: 18446744073709551621\r\n",
      })
  void consoleAlsoRefusesAmbiguousFraming(String framing) {
    String form = "0\r\n\r\n";
    String hidden = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try (RawClient raw = new RawClient(server)) {
      raw.write("POST /login HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n" + form + hidden);
      assertThat(raw.readAll())
          .startsWith("HTTP/1.1 400 ")
          .contains("Connection: close")
          .doesNotContain("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "localhost:8087, 200",
    "a.localhost:1, 200",
    "127.0.0.1, 200",
    "127.0.0.1:8087, 200",
    "[::1]:8087, 200",
    "'', 200",
    "evil.example, 403",
    "evil.example:8087, 403",
    "127.0.0.1.evil.example, 403",
    "localhost.evil.example, 403",
    "evil-localhost, 403",
  })
  void foreignHostNameOpensNothingWithoutAKey(String host, int status) {
    for (String path : List.of("/login", "/metrics")) {
      assertThat(statusOf(path, host)).as(path).isEqualTo(status);
    }
    assertThat(statusOf("/healthz", host)).isEqualTo(200);
  }

  private int statusOf(String path, String host) {
    try (RawClient raw = new RawClient(server)) {
      raw.write("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      return Integer.parseInt(raw.readUntil("\r\n").split(" ")[1]);
    }
  }

  @Test
  void refusesAnExportWhileTheMostAreRunning() throws Exception {
    String head = " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nCookie: " + cookie();
    String request = "GET /sites/default/events/export?as=jsonl" + head + "\r\n\r\n";
    Semaphore begun = new Semaphore(0);
    CountDownLatch gate = new CountDownLatch(1);
    store.with(
        () -> {
          if (Thread.currentThread().getName().equals("hookferry-download")) {
            begun.release();
            awaitQuietly(gate);
          }
        });
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < Downloads.MAX_EXPORTS; i++) {
        clients.add(new RawClient(server).write(request));
      }
      begun.acquire(Downloads.MAX_EXPORTS);
      RawClient next = new RawClient(server).write(request);
      clients.add(next);
      assertThat(next.readUntil("has ended"))
          .startsWith("HTTP/1.1 503 ")
          .contains("Retry-After: 10\r\n", "text/plain", "6 exports are already running");
      gate.countDown();
      assertThat(clients.get(0).readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    } finally {
      gate.countDown();
      clients.forEach(RawClient::close);
    }
  }

  private static void awaitQuietly(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String cookie() throws IOException, InterruptedException {
    String key = hookferry.webhooks().keys().create("test", Set.of(Scope.ADMIN), null).text();
    HttpRequest request =
        request("/login").POST(BodyPublishers.ofString("to=%2F&key=" + key)).build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    return response.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
  }

  private static void assertIsPage(HttpResponse<String> notFound) {
    assertThat(notFound.statusCode()).isEqualTo(404);
    assertThat(notFound.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(notFound.body()).contains("Not found");
  }

  private HttpResponse<String> send(String method, String path, String name, String value)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(path).header(name, value).method(method, BodyPublishers.noBody()).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.address().getPort() + path))
        .timeout(Duration.ofMinutes(2));
  }
}
