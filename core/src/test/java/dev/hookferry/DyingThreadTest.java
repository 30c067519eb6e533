package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.secret.Sealed;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A delivery whose signing overflows the stack parks itself, and takes no other along. */
class DyingThreadTest {
  private static final SiteId SITE = SiteId.DEFAULT;

  private final ManualClock clock = ManualClock.atNoon();

  @Test
  void aDeliveryThatKillsItsThreadIsPoisonedAndOthersContinue() {
    MemoryStore store = new MemoryStore(clock, Duration.ofHours(1));
    ScriptedTransport transport = new ScriptedTransport();
    try (Hookferry hookferry =
        Hookferry.builder(store, transport).clock(clock).secrets(new Deadly()).build().start()) {
      Webhooks webhooks = hookferry.webhooks();
      webhooks.endpoints().create(SITE, deadly());
      webhooks.endpoints().create(SITE, EndpointSpec.to("https://b.example/").types("*"));

      webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
      Poll.until(
          () -> {
            clock.advance(Duration.ofSeconds(6));
            return settled(webhooks).size() == 2;
          });

      assertThat(settled(webhooks))
          .extracting(Delivery::state)
          .containsExactlyInAnyOrder(DeliveryState.DELIVERED, DeliveryState.POISONED);
      List<Attempt> log = webhooks.deliveries().attempts(AttemptQuery.ofSite(SITE)).data();
      assertThat(log)
          .extracting(attempt -> attempt.outcome().kind())
          .containsExactlyInAnyOrder(OutcomeKind.DELIVERED, OutcomeKind.WORKER_DIED);
      assertThat(transport.requests()).hasSize(1);
    }
  }

  /** It stayed under way for ever, since nobody heard of its end. */
  @Test
  void aNullOutcomeParksTheDelivery() {
    try (Embedded embedded = new Embedded()) {
      embedded.transport.responding("https://a.example/", n -> null);
      var unused =
          embedded
              .webhooks
              .endpoints()
              .create(SITE, EndpointSpec.to("https://a.example/").types("*"));

      embedded.webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
      Poll.until(
          () -> {
            embedded.clock.advance(Duration.ofSeconds(6));
            return settled(embedded.webhooks).size() == 1;
          });

      assertThat(settled(embedded.webhooks))
          .isNotEmpty()
          .allMatch(delivery -> delivery.state() == DeliveryState.POISONED);
      assertThat(embedded.transport.requests()).hasSize(3);
    }
  }

  private static List<Delivery> settled(Webhooks webhooks) {
    return webhooks.deliveries().list(DeliveryQuery.ofSite(SITE)).data().stream()
        .filter(delivery -> delivery.state().isFinal())
        .toList();
  }

  private static EndpointSpec deadly() {
    return EndpointSpec.to("https://a.example/")
        .types("*")
        .headers(Map.of("X-Deadly-Token", "deadly"));
  }

  /** Overflows the stack when it opens a certain secret. */
  private static final class Deadly implements SecretCipher {
    private final SecretCipher plain = Secrets.inTheClear();

    @Override
    public Sealed seal(String secret, String context) {
      return plain.seal(secret, context);
    }

    @Override
    public String open(Sealed sealed, String context) {
      if (sealed.text().endsWith("deadly")) {
        throw new StackOverflowError("of a secret");
      }
      return plain.open(sealed, context);
    }
  }
}
