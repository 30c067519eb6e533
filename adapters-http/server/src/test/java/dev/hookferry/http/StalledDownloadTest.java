package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Certificate;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.metrics.Metrics;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.options.TlsFiles;
import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.http.route.Guards;
import dev.hookferry.http.socket.BodyBudget;
import dev.hookferry.http.socket.Downloads;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.StreamedBody;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.testing.ManualClock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that ask for a large body and read it slowly, or not at all. */
class StalledDownloadTest {
  /** Several times what the buffers of a connection hold, which grow to some 10 MiB. */
  private static final int LARGE = 64 << 20;

  private static final String CLOSING =
      "GET /failing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  private static final HttpServerOptions OPTIONS =
      HttpServerOptions.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final Semaphore released = new Semaphore(0);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicBoolean fails = new AtomicBoolean();
  private final List<RawClient> clients = new ArrayList<>();
  private final Served served = new Served();
  private final HttpServer server = server(OPTIONS);

  @AfterEach
  void close() {
    clients.forEach(RawClient::close);
    server.close();
    served.close();
  }

  private HttpServer server(HttpServerOptions options) {
    return HttpServer.start(
        new Guards(
            served.webhooks,
            options,
            clock,
            new Metrics(),
            BodyBudget.ofHeap(),
            BodyBudget.keyless(),
            nanos::get),
        List.of(
            route("/large", HttpReply.stream("application/octet-stream", body(LARGE, true))),
            route("/export", HttpReply.stream("text/csv", body(LARGE, false))),
            route("/small", HttpReply.stream("application/octet-stream", body(1_000, true))),
            route("/failing", HttpReply.stream("text/csv", failing())),
            route("/healthz", HttpReply.nothing())),
        options.withGrace(Duration.ZERO));
  }

  private static ApiRoute route(String path, HttpReply reply) {
    return new ApiRoute(
        "GET", path, null, ApiRoute.Body.NONE, Set.of(), ApiRoute.blocking(call -> reply));
  }

  private StreamedBody body(int size, boolean isBackup) {
    return new StreamedBody() {
      @Override
      public void begin() {
        begun.incrementAndGet();
        if (fails.get()) {
          throw OverloadedException.soon("the store does not respond");
        }
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        byte[] part = new byte[1_000];
        for (int rest = size; rest > 0; rest -= part.length) {
          out.write(part, 0, Math.min(rest, part.length));
          written.addAndGet(Math.min(rest, part.length));
        }
      }

      @Override
      public boolean isBackup() {
        return isBackup;
      }

      @Override
      public void close() {
        released.release();
      }
    };
  }

  private static StreamedBody failing() {
    return new StreamedBody() {
      @Override
      public void writeTo(OutputStream out) throws IOException {
        out.write(new byte[100_000]);
        throw new IllegalStateException("the store failed");
      }

      @Override
      public void close() {}
    };
  }

  private RawClient get(String path) {
    return get(path, new RawClient(server));
  }

  private RawClient get(String path, RawClient client) {
    clients.add(client);
    return client.write("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
  }

  @Test
  void otherRequestsAreAnsweredMeanwhile() {
    for (int i = 0; i < Downloads.MAX; i++) {
      assertThat(get("/large").readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }
    for (int i = 0; i < 16; i++) {
      assertThat(get("/large").readUntil("}"))
          .startsWith("HTTP/1.1 503 ")
          .contains(
              "Retry-After: 10\r\n", "application/problem+json", "8 downloads are already running");
    }
    assertThat(get("/healthz").readUntil("\r\n\r\n")).startsWith("HTTP/1.1 204 ");
    assertThat(released.availablePermits()).as("sources of refused ones").isEqualTo(16);
    assertThat(begun).as("what was not refused").hasValue(Downloads.MAX);
  }

  @Test
  void downloadThatCannotBeginIsRefusedAndTakesNoPlace() {
    fails.set(true);
    for (int i = 0; i <= Downloads.MAX; i++) {
      assertThat(get("/large").readUntil("}"))
          .startsWith("HTTP/1.1 503 ")
          .contains("the store does not respond");
    }
    assertThat(released.availablePermits()).isEqualTo(Downloads.MAX + 1);
    fails.set(false);
    assertThat(get("/large").readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void exportsLeavePlacesForBackups() {
    for (int i = 0; i < Downloads.MAX_EXPORTS; i++) {
      assertThat(get("/export").readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }
    assertThat(get("/export").readUntil("}"))
        .startsWith("HTTP/1.1 503 ")
        .contains("Retry-After: 10\r\n", "6 exports are already running");
    for (int i = Downloads.MAX_EXPORTS; i < Downloads.MAX; i++) {
      assertThat(get("/large").readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }
    assertThat(get("/large").readUntil("}")).contains("8 downloads are already running");

    Poll.until(
        () -> {
          nanos.addAndGet(Downloads.PATIENCE.toNanos());
          return released.availablePermits() == Downloads.MAX + 2;
        });
    Poll.until(() -> get("/export").readUntil("\r\n\r\n").startsWith("HTTP/1.1 200 "));
  }

  @Test
  void aClientThatTakesNothingIsCutOffAndTheSourceReleased() {
    for (int i = 0; i < Downloads.MAX; i++) {
      assertThat(get("/large").readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }
    Poll.until(
        () -> {
          nanos.addAndGet(Downloads.PATIENCE.toNanos());
          return released.availablePermits() == Downloads.MAX;
        });

    clients.forEach(client -> assertThat(client.readAll()).doesNotEndWith("\r\n0\r\n\r\n"));
    assertThat(written.get()).isLessThan((long) Downloads.MAX * LARGE);
    Poll.until(() -> get("/large").readUntil("\r\n\r\n").startsWith("HTTP/1.1 200 "));
  }

  @Test
  void slowDownloadContinues() {
    RawClient client = get("/large");
    long read = 0;
    Duration pause = Downloads.PATIENCE.minusSeconds(1);
    for (int i = 0; i < 5; i++) {
      long enough = written.get() + pause.toSeconds() * Downloads.MIN_PER_SECOND;
      while (written.get() <= enough) {
        read += client.skip();
      }
      nanos.addAndGet(pause.toNanos());
      // Somebody sets the time.
      clock.advance(Downloads.PATIENCE);
    }
    while (read < LARGE) {
      read += client.skip();
    }

    Poll.until(() -> released.availablePermits() == 1);
    assertThat(written).hasValue(LARGE);
  }

  /** Its client knows the end of the body by that of the connection. */
  @Test
  void aDownloadByHttp10ThatFailsEndsWithAReset() {
    assertReset(new RawClient(server), "GET /failing HTTP/1.0\r\n\r\n");
  }

  /** So does one by HTTP/1.1: only a connection that stays open gets chunks. */
  @Test
  void aDownloadByAConnectionThatClosesEndsWithAReset() {
    assertReset(new RawClient(server), CLOSING);
  }

  private void assertReset(RawClient client, String request) {
    clients.add(client);
    client.write(request);

    assertThat(client.readUntil("\r\n\r\n")).contains(" 200 ").doesNotContain("chunked");
    assertThatThrownBy(
            () -> {
              while (client.skip() > 0) {
                Thread.onSpinWait();
              }
            })
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("reset");
  }

  @Test
  void aFailedDownloadOverTlsEndsWithAReset(@TempDir Path folder) throws IOException {
    SocketFactory sockets = Certificate.GOOD.trusting().getSocketFactory();
    try (HttpServer tls = server(OPTIONS.withTls(tls(folder)))) {
      assertReset(new RawClient(tls, sockets), CLOSING);
    }
  }

  private static TlsFiles tls(Path folder) throws IOException {
    Path certificate = folder.resolve("server.crt");
    Path key = folder.resolve("server.key");
    Files.writeString(certificate, Certificate.GOOD.pem());
    Files.writeString(key, Certificate.GOOD.keyPem());
    return TlsFiles.of(certificate, key);
  }

  @Test
  void aClientOverTlsThatTakesNothingIsCutOff(@TempDir Path folder) throws IOException {
    SocketFactory sockets = Certificate.GOOD.trusting().getSocketFactory();
    try (HttpServer tls = server(OPTIONS.withTls(tls(folder)))) {
      RawClient honest = get("/large", new RawClient(tls, sockets));
      for (long read = 0; read < LARGE; ) {
        read += honest.skip();
      }
      Poll.until(() -> released.availablePermits() == 1);
      assertThat(written).hasValue(LARGE);

      RawClient stalled = get("/large", new RawClient(tls, sockets));
      assertThat(stalled.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
      Poll.until(
          () -> {
            nanos.addAndGet(Downloads.PATIENCE.toNanos());
            return released.availablePermits() == 2;
          });
      assertThat(written.get()).isLessThan(2L * LARGE);
    }
  }

  /** Without a length, a client could not tell a whole body from half of one. */
  @Test
  void aSmallDownloadHasALengthAndTheConnectionStaysOpen() {
    RawClient client = get("/small");
    for (int i = 0; i < 3; i++) {
      assertThat(client.readUntil("\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ")
          .contains("Content-Length: 1000\r\n");
      for (int rest = 1_000; rest > 0; ) {
        rest -= client.skip(rest);
      }
      client.write("GET /small HTTP/1.1\r\nHost: a\r\n\r\n");
    }
  }
}
