package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.transport.ContractReceiver;
import dev.hookferry.contract.transport.TransportFixture;
import dev.hookferry.contract.transport.TransportSetup;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Tests that internal failures are reported at once, and not as the receiver's. */
class InternalFailureReportTest {
  private static final Duration AMPLE = TransportFixture.AMPLE;

  /** Regression: later requests for the name waited for a lookup that had died. */
  @Test
  void retriesAResolverThatFailedWithAnError() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    TransportSetup setup =
        TransportSetup.loopback()
            .withNames(
                host -> {
                  if (asked.getAndIncrement() == 0) {
                    throw new StackOverflowError("of the test");
                  }
                  return List.of(InetAddress.getLoopbackAddress());
                });
    try (ContractReceiver receiver = ContractReceiver.of(ContractReceiver.status(200));
        HttpTransport transport = new HttpTransport(HttpTransportTest.options(setup))) {
      String url = receiver.url("http", "a.example.com");

      Outcome first = TransportFixture.send(transport, TransportFixture.request(url, AMPLE));
      Outcome second = TransportFixture.send(transport, TransportFixture.request(url, AMPLE));

      assertThat(first.kind()).isEqualTo(OutcomeKind.RESOLVER_ERROR);
      assertThat(second.kind()).as(second.detail()).isEqualTo(OutcomeKind.DELIVERED);
    }
  }

  @Test
  void throwingListenerDoesNotDepriveOthersOfAddresses() throws Exception {
    CountDownLatch all = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(2);
    NameLookups lookups =
        new NameLookups(
            host -> {
              awaited(all);
              return List.of(InetAddress.getLoopbackAddress());
            });
    try {
      for (int i = 0; i < 2; i++) {
        lookups.find("a.example.com", new Breaking(told));
      }
      all.countDown();

      told.await();
    } finally {
      lookups.close();
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Breaking implements NameLookups.LookupListener {
    private final CountDownLatch told;

    Breaking(CountDownLatch told) {
      this.told = told;
    }

    @Override
    public void resolved(List<InetAddress> addresses) {
      told.countDown();
      throw new IllegalStateException("of the test");
    }

    @Override
    public void unknown() {}

    @Override
    public void unresolved(String reason) {}
  }

  /** That was told to nobody before: not that the event was taken, and not that anything ended. */
  @Test
  void responseCountsEvenIfItsTimingFails() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    // The beginning, the connection, the request, the answer; the fifth is for the outcome.
    LongSupplier broken =
        () -> {
          if (reads.incrementAndGet() == 5) {
            throw new IllegalStateException("of the test");
          }
          return System.nanoTime();
        };
    try (ContractReceiver receiver = ContractReceiver.of(ContractReceiver.status(200));
        HttpTransport transport =
            new HttpTransport(
                HttpTransportTest.options(TransportSetup.loopback()),
                ByteBufAllocator.DEFAULT,
                broken)) {
      Outcome outcome = TransportFixture.send(transport, receiver.url("/"));

      assertThat(reads).hasValue(5);
      assertThat(outcome.kind()).isEqualTo(OutcomeKind.DELIVERED);
      assertThat(outcome.timing()).isNull();
    }
  }
}
