package dev.hookferry.contract.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.event.Payload;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Every request has exactly one outcome, whatever happens to the transport. */
public interface TransportLifecycleContract extends TransportFixture {
  @Test
  default void closeEndsRequestsInFlight() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    CountDownLatch arrived = new CountDownLatch(1);
    ContractReceiver.Script hang =
        connection -> {
          connection.read();
          arrived.countDown();
          connection.awaitEnd();
        };
    try (ContractReceiver receiver = ContractReceiver.of(hang)) {
      Transport transport = transport(TransportSetup.loopback().withNames(hanging(over)));
      List<CompletableFuture<Outcome>> sent = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String url = i % 2 == 0 ? receiver.url("/") : receiver.url("http", "slow.example.com");
        sent.add(TransportFixture.start(transport, TransportFixture.request(url, AMPLE)));
      }
      Poll.until(() -> arrived.getCount() == 0);

      transport.close();

      for (CompletableFuture<Outcome> one : sent) {
        Outcome outcome = one.get();
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.INTERNAL_ERROR);
        assertThat(outcome.kind().countsAsAttempt()).isFalse();
      }
      Outcome late = TransportFixture.send(transport, receiver.url("/"));
      assertThat(late.kind()).isEqualTo(OutcomeKind.INTERNAL_ERROR);
      transport.close();
    } finally {
      over.countDown();
    }
  }

  private static TransportSetup.Names hanging(CountDownLatch over) {
    return host -> {
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return List.of();
    };
  }

  @Test
  default void survivesACallbackThatThrows() throws Exception {
    try (ContractReceiver receiver = ContractReceiver.of(ContractReceiver.status(200));
        Transport transport = transport(TransportSetup.loopback())) {
      for (int i = 0; i < 5; i++) {
        CountDownLatch called = new CountDownLatch(1);
        transport.send(
            TransportFixture.request(receiver.url("/"), AMPLE),
            outcome -> {
              called.countDown();
              throw new IllegalStateException("of the test");
            });
        Poll.until(() -> called.getCount() == 0);
      }

      assertThat(TransportFixture.send(transport, receiver.url("/")).isSuccess()).isTrue();
    }
  }

  @Test
  default void neverSendsALineBreakInAHeader() throws Exception {
    try (ContractReceiver receiver = ContractReceiver.of(ContractReceiver.status(200));
        Transport transport = transport(TransportSetup.loopback())) {
      for (String value : List.of("a\r\nEvil: 1", "a\nb", "a\u0000b", "\u010a", "\u560d")) {
        SignedRequest request =
            new SignedRequest(
                TargetUrl.parse(receiver.url("/")),
                List.of(new SignedRequest.Header("X-A", value)),
                Payload.empty(),
                AMPLE);
        Outcome outcome = TransportFixture.send(transport, request);

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.INTERNAL_ERROR);
        assertThat(outcome.detail()).contains("X-A").doesNotContain("Evil");
      }
      assertThat(receiver.connections()).isZero();
    }
  }

  @Test
  default void failsAtOnceIfNoTimeIsLeft() throws Exception {
    try (ContractReceiver receiver = ContractReceiver.of(ServerConnection::awaitEnd);
        Transport transport = transport(TransportSetup.loopback())) {
      for (Duration deadline : List.of(Duration.ZERO, Duration.ofMillis(1))) {
        Outcome outcome =
            TransportFixture.send(transport, TransportFixture.request(receiver.url("/"), deadline));

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.TIMEOUT);
      }
    }
  }
}
