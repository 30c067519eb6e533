package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointChange;
import dev.hookferry.event.NewEvent;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An engine that fails in the middle of a message has lost sight of what the message was about. */
class ConfusedEngineTest {
  private static final String URL = "https://crm.example/hook";

  /** Chance that fails while the engine draws jitter, after it has taken note of the answer. */
  private static final class Unlucky extends Random {
    private static final long serialVersionUID = 1L;
    private final AtomicInteger draws = new AtomicInteger();

    Unlucky() {
      super(7);
    }

    @Override
    public double nextDouble() {
      if (draws.getAndIncrement() == 0) {
        throw new IllegalStateException("injected");
      }
      return super.nextDouble();
    }
  }

  @Test
  void handsEverythingBackAndGoesOnAsANewOwner() {
    Unlucky chance = new Unlucky();
    ScriptedTransport transport = new ScriptedTransport();
    transport.answering(URL, n -> ScriptedTransport.status(n == 1 ? 500 : 200));
    MemoryStore store = new MemoryStore(InstantSource.system(), Duration.ofHours(1));
    try (Hookferry hookferry = Hookferry.builder(store, transport).random(chance).build().start()) {
      Webhooks webhooks = hookferry.webhooks();
      webhooks.settings().change(Embedded.SITE, Map.of("retryBackoff", "exponential"));
      var unused = webhooks.endpoints().create(Embedded.SITE, EndpointChange.of(URL, "*"));

      var receipt = webhooks.publish(Embedded.SITE, NewEvent.of("license_created", "{}")).join();
      Poll.until(Duration.ofSeconds(20), () -> hookferry.backlog().pending() == 0);

      assertThat(chance.draws).hasValueGreaterThanOrEqualTo(1);
      assertThat(transport.requests()).hasSize(2);
      assertThat(webhooks.events().get(Embedded.SITE, receipt.id()).deliveries())
          .allMatch(delivery -> delivery.state() == DeliveryState.DELIVERED);
      assertThat(hookferry.isAlive()).isTrue();
    }
  }
}
