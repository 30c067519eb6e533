package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.observe.DeliveryReason;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The reason of a delivery that waits because two processes crashed while they sent it. */
class IsolatedReasonTest {
  private static final Duration SILENT = Duration.ofSeconds(11);

  private final World first = new World();

  @Test
  void aDeliveryThatWasInFlightInTwoCrashesSaysSo() {
    first.endpoint("https://a.example/", "*");
    first.receiver = sending -> null;
    first.publish("license_created");
    World second = new World(LoadLimits.DEFAULT, first.store);
    second.clock.set(first.now().plus(SILENT));
    first.clock.set(second.now());
    second.receiver = sending -> null;
    second.engine.configured(first.store.config().load(), second.now());
    second.heartbeat();
    second.advance(Duration.ofSeconds(2));
    assertThat(second.sent).hasSize(1);
    first.clock.set(second.now().plus(SILENT));
    Delivery delivery = second.deliveries().get(0);

    try (Hookferry third =
        Hookferry.builder(first.store, new ScriptedTransport())
            .secrets(Secrets.inTheClear())
            .clock(first.clock)
            .build()
            .start()) {
      Deliveries deliveries = third.webhooks().deliveries();
      Poll.until(() -> deliveries.reason(delivery).equals(DeliveryReason.isolated()));
      assertThat(deliveries.reason(deliveries.get(Samples.SITE, delivery.id())).text())
          .isEqualTo("isolated after two crashes; will be sent alone");
    }
  }
}
