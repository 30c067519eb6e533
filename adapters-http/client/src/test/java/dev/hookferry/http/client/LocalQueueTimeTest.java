package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.transport.ContractReceiver;
import dev.hookferry.contract.transport.TransportFixture;
import dev.hookferry.contract.transport.TransportSetup;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.outbound.OutboundPolicy;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time in a queue of this node does not count against the receiver. */
class LocalQueueTimeTest {
  private static final String URL = "https://a.example.com/";
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private final CountDownLatch over = new CountDownLatch(1);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final NameLookups lookups = new NameLookups(this::neverAnswer);
  private final Reactor reactor = new Reactor(1, ByteBufAllocator.DEFAULT, () -> {});
  private final ConnectionPool pool = new ConnectionPool(1, 1);
  private final List<Outcome> outcomes = new ArrayList<>();
  private final Rearmed timer = new Rearmed();

  private List<InetAddress> neverAnswer(String host) {
    if (host.equals("a.example.com")) {
      asked.countDown();
    }
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.of();
  }

  @AfterEach
  void end() {
    over.countDown();
    lookups.close();
    reactor.close();
  }

  private OutboundExchange exchange() {
    ConnectionOpener.OpeningResources opening =
        new ConnectionOpener.OpeningResources(
            OutboundPolicy.strict(),
            lookups,
            reactor,
            new ClientTls(null),
            Map.of(),
            Duration.ofSeconds(5));
    return new OutboundExchange(
        TransportFixture.request(URL, DEADLINE),
        new OutboundExchange.ExchangeResources(pool, opening, System::nanoTime, exchange -> {}),
        outcomes::add);
  }

  @Test
  void aDeliveryWithoutAConnectionInTimeUsesUpNoAttempt() {
    exchange().start();
    OutboundExchange waits = exchange();
    waits.start();

    waits.run(timer);

    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.get(0).kind()).isEqualTo(OutcomeKind.INTERNAL_ERROR);
    assertThat(outcomes.get(0).detail()).isEqualTo("no free connection on this node");
  }

  @Test
  void theDeadlineBeginsWhenTheRequestGetsAConnection() throws Exception {
    OutboundExchange first = exchange();
    first.start();
    OutboundExchange waits = exchange();
    waits.start();
    pass();
    long granted = System.nanoTime();
    first.finish(OutcomeKind.HTTP_ERROR, "of the test");
    asked.await();

    waits.run(timer);

    assertThat(outcomes).hasSize(1);
    assertThat(timer.end()).isGreaterThanOrEqualTo(granted + DEADLINE.toNanos());
  }

  @Test
  void aNameThatGetsNoThreadInTimeUsesUpNoAttempt() {
    for (int i = 0; i < 32; i++) {
      lookups.find("other-" + i + ".example.com", new Nobody());
    }
    OutboundExchange queued = exchange();
    queued.start();

    queued.run(timer);

    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.get(0).kind()).isEqualTo(OutcomeKind.RESOLVER_ERROR);
  }

  @Test
  void aNameThatWaitedForAThreadHasItsWholeDeadline() throws Exception {
    OutboundExchange queued = exchange();
    queued.start();
    asked.await();
    pass();
    long begun = System.nanoTime();
    queued.lookingUp();

    queued.run(timer);

    assertThat(timer.end()).isGreaterThanOrEqualTo(begun + DEADLINE.toNanos());
  }

  /** Long enough to tell the start of a deadline from an earlier one. */
  private static void pass() {
    long since = System.nanoTime();
    while (System.nanoTime() - since < 2_000_000) {
      Thread.onSpinWait();
    }
  }

  @Test
  void endpointsOfOneHostShareItsConnections() throws Exception {
    CountDownLatch hanging = new CountDownLatch(3);
    ContractReceiver.Script script =
        peer -> {
          if (String.valueOf(peer.read()).contains("/healthy")) {
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
          } else {
            hanging.countDown();
          }
          peer.awaitEnd();
        };
    try (ContractReceiver receiver = ContractReceiver.of(script);
        HttpTransport transport =
            new HttpTransport(
                HttpTransportTest.options(TransportSetup.loopback())
                    .withMaxConnections(9)
                    .withMaxConnectionsPerHost(4))) {
      List<CompletableFuture<Outcome>> stuck = new ArrayList<>();
      for (String path : List.of("/hangs", "/hangs-too")) {
        for (int i = 0; i < 8; i++) {
          stuck.add(
              TransportFixture.start(
                  transport, TransportFixture.request(receiver.url(path), DEADLINE)));
        }
      }
      hanging.await();

      Outcome healthy = TransportFixture.send(transport, receiver.url("/healthy"));
      Outcome waited =
          TransportFixture.send(
              transport, TransportFixture.request(receiver.url("/hangs"), TransportFixture.SHORT));

      assertThat(healthy.kind()).isEqualTo(OutcomeKind.DELIVERED);
      assertThat(waited.kind()).isEqualTo(OutcomeKind.INTERNAL_ERROR);
      assertThat(stuck).noneMatch(CompletableFuture::isDone);
    }
  }

  private static final class Nobody implements NameLookups.LookupListener {
    @Override
    public void resolved(List<InetAddress> addresses) {}

    @Override
    public void unknown() {}

    @Override
    public void unresolved(String reason) {}
  }

  /** A timer that notes until when it would wait. */
  private static final class Rearmed implements Timer, Timeout {
    private long end;

    long end() {
      return end;
    }

    @Override
    public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
      end = System.nanoTime() + unit.toNanos(delay);
      return this;
    }

    @Override
    public Set<Timeout> stop() {
      return Set.of();
    }

    @Override
    public Timer timer() {
      return this;
    }

    @Override
    public TimerTask task() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isExpired() {
      return true;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public boolean cancel() {
      return false;
    }
  }
}
