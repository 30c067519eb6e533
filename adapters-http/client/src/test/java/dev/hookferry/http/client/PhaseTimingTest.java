package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Certificate;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.contract.transport.ContractReceiver;
import dev.hookferry.contract.transport.TransportFixture;
import dev.hookferry.contract.transport.TransportSetup;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Timing;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real sockets and a manual clock: receivers advance the clock while they hold a request, and wait
 * until the transport has recorded the previous phase.
 */
class PhaseTimingTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\n";
  private static final String END = "Content-Length: 0\r\n\r\n";
  private static final Duration TICK = Ticker.TICK;

  private final Ticker ticker = new Ticker();

  private HttpTransport transport(TransportSetup setup) {
    return new HttpTransport(
        HttpTransportTest.options(setup).withMaxConnections(9).withMaxConnectionsPerHost(1),
        ByteBufAllocator.DEFAULT,
        ticker);
  }

  @Test
  void reportsEveryPhase() throws Exception {
    TransportSetup setup =
        TransportSetup.loopback()
            .withTls(Certificate.GOOD.trusting())
            .withNames(
                host -> {
                  ticker.pass(1);
                  return List.of(TransportSetup.address("127.0.0.1"));
                });
    ContractReceiver.Script script =
        peer -> {
          ticker.awaitReadings(4);
          ticker.pass(2);
          peer.read();
          ticker.pass(4);
          peer.write(HEAD);
          ticker.awaitReadings(6);
          ticker.pass(8);
          peer.write(END);
          peer.read();
          ticker.pass(16);
          peer.write(HEAD + END);
          peer.awaitEnd();
        };
    try (ContractReceiver receiver = ContractReceiver.withTls(Certificate.GOOD.context(), script);
        HttpTransport transport = transport(setup)) {
      String url = receiver.url("https", "good.example.com");
      Outcome first = TransportFixture.send(transport, url);
      Outcome second = TransportFixture.send(transport, url);

      assertThat(first.timing())
          .isEqualTo(
              new Timing(
                  TICK, Ticker.part(1), TICK, Ticker.part(2), Ticker.part(4), Ticker.part(8)));
      assertThat(first.took()).isEqualTo(Duration.ofSeconds(15).plus(TICK.multipliedBy(6)));
      assertThat(second.timing())
          .isEqualTo(new Timing(TICK, null, null, null, Ticker.part(16), TICK));
    }
  }

  @Test
  void reportsTheWaitForAConnection() throws Exception {
    ContractReceiver.Script script =
        peer -> {
          peer.read();
          // The second request was begun.
          ticker.awaitReadings(4);
          ticker.pass(5);
          peer.write(HEAD + END);
          peer.read();
          peer.write(HEAD + END);
          peer.awaitEnd();
        };
    try (ContractReceiver receiver = ContractReceiver.of(script);
        HttpTransport transport = transport(TransportSetup.loopback())) {
      CompletableFuture<Outcome> first = start(transport, receiver.url("/"));
      ticker.awaitReadings(3);
      CompletableFuture<Outcome> second = start(transport, receiver.url("/"));

      Timing held = TransportFixture.outcome(first, TransportFixture.AMPLE).timing();
      Timing waited = TransportFixture.outcome(second, TransportFixture.AMPLE).timing();
      assertThat(held.firstByte()).isGreaterThan(Duration.ofSeconds(5));
      assertThat(waited.waiting()).isGreaterThan(Duration.ofSeconds(5));
      assertThat(waited.connect()).isNull();
      assertThat(waited.firstByte()).isLessThan(Duration.ofSeconds(1));
    }
  }

  private static CompletableFuture<Outcome> start(HttpTransport transport, String url) {
    return TransportFixture.start(transport, TransportFixture.request(url, TransportFixture.AMPLE));
  }

  /** A phase in progress at the deadline lasted until then. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 5, 6})
  void reportsThePhaseOfTheDeadline(int readings) throws Exception {
    Outcome outcome = struck(readings, Duration.ofSeconds(2));
    // On a busy machine the deadline may strike in an earlier phase.
    for (int seconds = 4;
        outcome.timing().shares().size() < readings && seconds < 60;
        seconds *= 2) {
      outcome = new PhaseTimingTest().struck(readings, Duration.ofSeconds(seconds));
    }

    assertThat(outcome.kind()).isEqualTo(OutcomeKind.TIMEOUT);
    List<Timing.Share> shares = outcome.timing().shares();
    assertThat(shares).hasSize(readings);
    assertThat(shares.get(readings - 1).took()).isEqualTo(Ticker.part(3));
    assertThat(outcome.took()).isEqualTo(Duration.ofSeconds(3).plus(TICK.multipliedBy(readings)));
  }

  /** Returns the outcome of a request whose receiver stays in the phase of a reading. */
  private Outcome struck(int readings, Duration deadline) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    TransportSetup setup =
        TransportSetup.loopback()
            .withTls(Certificate.GOOD.trusting())
            .withNames(
                host -> {
                  if (readings == 2) {
                    awaitQuietly(over);
                  }
                  return List.of(TransportSetup.address("127.0.0.1"));
                });
    ContractReceiver.Script script =
        peer -> {
          if (readings == 4) {
            over.await();
          }
          peer.read();
          if (readings == 6) {
            peer.write(HEAD);
          }
          peer.awaitEnd();
        };
    try (ContractReceiver receiver = ContractReceiver.withTls(Certificate.GOOD.context(), script);
        HttpTransport transport = transport(setup)) {
      String url = receiver.url("https", "good.example.com");
      CompletableFuture<Outcome> sent =
          TransportFixture.start(transport, TransportFixture.request(url, deadline));
      Poll.until(() -> ticker.hasReadings(readings) || sent.isDone());
      ticker.pass(3);
      return sent.get();
    } finally {
      over.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void reportsARefusedConnection() throws Exception {
    String url;
    try (ContractReceiver gone = ContractReceiver.of(peer -> {})) {
      url = gone.url("/");
    }
    try (HttpTransport transport = transport(TransportSetup.loopback())) {
      Outcome outcome = TransportFixture.send(transport, url);

      assertThat(outcome.kind()).isEqualTo(OutcomeKind.CONNECT_ERROR);
      assertThat(outcome.timing()).isEqualTo(new Timing(TICK, null, TICK, null, null, null));
    }
  }
}
