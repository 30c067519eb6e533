package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.store.StoreException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store that fails or hangs, a mistake of ours, and the end. */
class FailingStoreTest {
  /** Held, as one that nobody holds goes with its handlers. */
  private static final Logger LOG = Logger.getLogger("dev.hookferry.http");

  private static final Duration GRACE = Duration.ofMinutes(2);
  private static final String EVENTS = Served.DEFAULT + "/events";
  private static final String EVENT = "{\"type\":\"license_created\",\"data\":{\"n\":1}}";

  /** The threads for calls that may block. */
  private static final int WORKERS = 16;

  private final AtomicReference<BlockableStore> store = new AtomicReference<>();
  private final CountDownLatch open = new CountDownLatch(1);
  private final Served served = served(options -> options.withGrace(GRACE));

  private Served served(UnaryOperator<HttpServerOptions> options) {
    return new Served(
        options,
        real -> {
          store.set(new BlockableStore(real));
          return store.get();
        });
  }

  @AfterEach
  void close() {
    open.countDown();
    served.close();
  }

  @Test
  void aStoreThatFailsIsAnsweredWith503AndNothingIsAccepted() {
    store.get().with(() -> fail("secret words of the driver"));
    for (String path : List.of(EVENTS, EVENTS + "/x", Served.DEFAULT + "/attempts")) {
      assertUnavailable(served.get(path));
    }
    for (int i = 0; i < 5; i++) {
      assertUnavailable(served.post(EVENTS, EVENT));
    }
    store.get().with(() -> {});
    served.clock.advance(Duration.ofMinutes(1));
    Poll.until(() -> served.post(EVENTS, EVENT).status() == 202);
    assertThat(served.get(EVENTS).json().path("data")).hasSize(1);
    assertThat(served.get("/readyz").status()).isEqualTo(200);
  }

  @Test
  void refusedRequestsAreLoggedOnceAndThenCounted() {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler = listening(lines);
    LOG.setLevel(Level.WARNING);
    store.get().with(() -> fail("away"));
    assertUnavailable(served.post(EVENTS, EVENT));
    assertUnavailable(served.get(EVENTS + "/x"));
    assertUnavailable(served.get(EVENTS + "/x"));
    served.server.close();
    LOG.removeHandler(handler);
    LOG.setLevel(null);
    assertThat(lines)
        .containsExactly(
            "request refused: store unavailable path=" + EVENTS + " cause=\"away\" null",
            "request refused: store unavailable suppressed=2 null");
  }

  @Test
  void aSlowCommitIsAnsweredAsUnknownAndARepeatFindsIt() {
    String event = EVENT.replace("{\"type", "{\"id\":\"my-1\",\"type");
    try (Served hasty = served(options -> options.withCommitTimeout(Duration.ofMillis(300)))) {
      store.get().with(this::await);
      Served.Answer late = hasty.post(EVENTS, event);
      assertUnavailable(late);
      assertThat(late.body()).contains("it is unknown whether the request was accepted");
      assertThat(hasty.get("/healthz").status()).isEqualTo(200);
      open.countDown();
      store.get().with(() -> {});
      // A slow machine may take longer than this server waits.
      Poll.until(
          () -> hasty.post(EVENTS, event).body().startsWith("{\"id\":\"my-1\",\"deliveries\":0"));
      assertThat(hasty.get(EVENTS).json().path("data")).hasSize(1);
    }
  }

  @Test
  void internalErrorShowsOnlyAnId() {
    store
        .get()
        .with(
            () -> {
              throw new IllegalStateException("a private matter");
            });
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler = listening(lines);
    Served.Answer answer = served.get(EVENTS + "/x");
    LOG.removeHandler(handler);
    LOG.setLevel(null);
    assertThat(answer.status()).isEqualTo(500);
    String id = answer.json().path("errorId").asText();
    assertThat(id).matches("err_[0-9a-f]{16}");
    assertThat(lines)
        .contains(
            "internal error: request failed id=%s path=%s java.lang.IllegalStateException: %s"
                .formatted(id, EVENTS + "/x", "a private matter"));
    assertThat(answer.body()).doesNotContain("private", "Exception", "dev.hookferry");
  }

  /** A restart, which its answer leads to, would not help against that. */
  @Test
  void livenessCheckDoesNotWaitForTheStore() throws InterruptedException {
    CountDownLatch allWait = new CountDownLatch(WORKERS);
    store
        .get()
        .with(
            () -> {
              allWait.countDown();
              await();
            });
    String head = "GET " + EVENTS + "/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ";
    List<RawClient> stuck = new ArrayList<>();
    for (int i = 0; i < 2 * WORKERS; i++) {
      stuck.add(new RawClient(served).write(head + served.admin + "\r\n\r\n"));
    }
    allWait.await();

    assertThat(served.get("/healthz").status()).isEqualTo(200);
    assertThat(stuck).noneMatch(RawClient::hasAnswer);
    open.countDown();
    stuck.forEach(one -> assertThat(one.readUntil("}")).startsWith("HTTP/1.1 404 "));
    stuck.forEach(RawClient::close);
  }

  @Test
  void requestsInFlightEndBeforeTheServerDoes() {
    store.get().with(this::await);
    CompletableFuture<Served.Answer> slow =
        CompletableFuture.supplyAsync(() -> served.get(EVENTS + "/x"));
    try (RawClient idle = new RawClient(served)) {
      idle.write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").readUntil("}");
      Poll.until(() -> open.getCount() == 1 && waiting > 0);
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(served.server::close);
      Poll.until(() -> refusesConnections(served));
      idle.write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(idle.readAll()).startsWith("HTTP/1.1 503 ").contains("Connection: close");
      assertThat(stopped).isNotDone();
      open.countDown();
      assertThat(slow.join().status()).isEqualTo(404);
      stopped.join();
    }
  }

  @Test
  void idleConnectionsDoNotHoldUpTheEnd() {
    List<RawClient> idle = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      idle.add(new RawClient(served));
      idle.get(i).write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").readUntil("}");
    }
    long before = System.nanoTime();
    served.server.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(GRACE);
    idle.forEach(one -> assertThat(one.readAll()).isEmpty());
    idle.forEach(RawClient::close);
  }

  @Test
  void namesAnAddressAlreadyInUse() {
    HttpServerOptions same = HttpServerOptions.on(served.server.address());
    assertThatThrownBy(() -> HttpServer.start(served.hookferry, new MetricsListener(), same))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot listen on")
        .hasMessageContaining(String.valueOf(served.server.address().getPort()));
  }

  private static Handler listening(List<String> lines) {
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(line.getMessage() + " " + line.getThrown());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    LOG.addHandler(handler);
    LOG.setLevel(Level.ALL);
    LOG.setUseParentHandlers(false);
    return handler;
  }

  private volatile int waiting;

  private void await() {
    waiting++;
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void fail(String why) {
    throw new StoreException(why);
  }

  private static boolean refusesConnections(Served served) {
    try (RawClient probe = new RawClient(served)) {
      return false;
    } catch (UncheckedIOException e) {
      return true;
    }
  }

  private static void assertUnavailable(Served.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
    assertThat(answer.body()).doesNotContain("secret words");
  }
}
