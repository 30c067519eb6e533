package dev.hookferry.contract.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Endpoints on the same host and port do not take each other's connections. */
public interface SharedHostContract extends TransportFixture {
  @Test
  default void aHealthyEndpointDoesNotWaitForOthersOnItsHost() throws Exception {
    int each = LoadLimits.DEFAULT.window();
    CountDownLatch hanging = new CountDownLatch(2 * each);
    ContractReceiver.Script script =
        connection -> {
          ServerConnection.Request request = connection.read();
          if (request != null && request.lines().get(0).contains("/healthy")) {
            connection.write(ConnectionContract.OK);
          } else {
            hanging.countDown();
          }
          connection.awaitEnd();
        };
    try (ContractReceiver receiver = ContractReceiver.of(script);
        Transport transport = transport(TransportSetup.loopback())) {
      List<CompletableFuture<Outcome>> stuck = new ArrayList<>();
      for (int i = 0; i < 2 * each; i++) {
        String url = receiver.url(i % 2 == 0 ? "/hangs" : "/hangs-too");
        stuck.add(TransportFixture.start(transport, TransportFixture.request(url, AMPLE)));
      }
      Poll.until(() -> hanging.getCount() == 0);

      Outcome healthy = TransportFixture.send(transport, receiver.url("/healthy"));

      assertThat(healthy.kind()).as(healthy.detail()).isEqualTo(OutcomeKind.DELIVERED);
      assertThat(stuck).noneMatch(CompletableFuture::isDone);
    }
  }
}
