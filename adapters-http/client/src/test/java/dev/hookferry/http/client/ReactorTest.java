package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.transport.ContractReceiver;
import dev.hookferry.contract.transport.TransportFixture;
import dev.hookferry.contract.transport.TransportSetup;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import io.netty.util.internal.ThreadExecutorMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReactorTest {
  @Test
  void startsAgainWhenAThreadDies() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    try (ContractReceiver hanging =
            ContractReceiver.of(
                peer -> {
                  peer.read();
                  arrived.countDown();
                  peer.awaitEnd();
                });
        ContractReceiver healthy = ContractReceiver.of(ContractReceiver.status(200));
        HttpTransport transport =
            new HttpTransport(HttpTransportTest.options(TransportSetup.loopback()))) {
      assertThat(TransportFixture.send(transport, healthy.url("/")).isSuccess()).isTrue();
      CompletableFuture<Outcome> stuck =
          TransportFixture.start(
              transport, TransportFixture.request(hanging.url("/"), TransportFixture.AMPLE));
      arrived.await();

      endAThread(transport, healthy.url("/"));

      Outcome outcome = TransportFixture.outcome(stuck, TransportFixture.AMPLE);
      assertThat(outcome.kind()).isEqualTo(OutcomeKind.INTERNAL_ERROR);
      assertThat(outcome.detail()).isEqualTo("a network thread of this node died");
      assertThat(TransportFixture.send(transport, healthy.url("/")).isSuccess()).isTrue();
    }
  }

  /** An outcome is told on a thread of the network, from where that can be ended. */
  private static void endAThread(HttpTransport transport, String url) throws Exception {
    CompletableFuture<Thread> ending = new CompletableFuture<>();
    transport.send(
        TransportFixture.request(url, TransportFixture.AMPLE),
        outcome -> {
          ThreadExecutorMap.currentExecutor().shutdownGracefully(0, 0, TimeUnit.SECONDS);
          ending.complete(Thread.currentThread());
        });
    ending.get().join();
  }
}
