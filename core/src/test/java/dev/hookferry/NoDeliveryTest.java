package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A node that accepts and shows events and sends nothing. */
class NoDeliveryTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final EndpointSpec CRM = EndpointSpec.to("https://crm.example/hook").types("*");

  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryStore store = new MemoryStore(clock, Duration.ofHours(1));
  private final ScriptedTransport transport = new ScriptedTransport();

  private Hookferry start(UnaryOperator<HookferryBuilder> settings) {
    return settings
        .apply(Hookferry.builder(store, transport).secrets(Secrets.inTheClear()).clock(clock))
        .build()
        .start();
  }

  private static List<Delivery> deliveries(Hookferry hookferry) {
    return hookferry.webhooks().deliveries().list(DeliveryQuery.ofSite(SITE)).data();
  }

  private static void publish(Hookferry hookferry) {
    var unused = hookferry.webhooks().publish(SITE, NewEvent.of("license_created", "{}")).join();
  }

  @Test
  void sendsNothingAndUsesUpNoAttempt() {
    transport.hanging("https://crm.example/hook");
    Hookferry before = start(builder -> builder.drainTimeout(Duration.ZERO));
    before.webhooks().endpoints().create(SITE, CRM);
    publish(before);
    before.drain();
    int requests = transport.requests().size();

    Hookferry copy = start(builder -> builder.noDelivery(true));
    publish(copy);
    clock.advance(Duration.ofDays(1));
    var unused = copy.webhooks().deliveries().retry(SITE, deliveries(copy).get(0).id()).join();
    publish(copy);
    copy.drain();

    assertThat(transport.requests()).hasSize(requests);
    assertThat(deliveries(copy)).hasSize(3).allMatch(one -> one.attempts() == 0);
    assertThat(deliveries(copy)).allMatch(one -> one.state() == DeliveryState.PENDING);
    assertThat(copy.condition().deliveryOff()).isEqualTo("noDelivery is set");

    ScriptedTransport working = new ScriptedTransport();
    try (Hookferry after =
        Hookferry.builder(store, working)
            .secrets(Secrets.inTheClear())
            .clock(clock)
            .build()
            .start()) {
      Poll.until(
          () -> deliveries(after).stream().allMatch(one -> one.state() == DeliveryState.DELIVERED));
      assertThat(after.condition().deliveryOff()).isNull();
    }
  }

  @Test
  void refusesTestsBecauseTheyWouldSend() {
    try (Hookferry copy = start(builder -> builder.noDelivery(true))) {
      Endpoint endpoint = copy.webhooks().endpoints().create(SITE, CRM).endpoint();

      assertThatThrownBy(() -> copy.webhooks().endpoints().test(SITE, endpoint.id()))
          .isInstanceOf(ConflictException.class)
          .hasMessage("delivery is off on this node: noDelivery is set");
      assertThatThrownBy(() -> copy.webhooks().endpoints().probe(SITE, CRM, null))
          .isInstanceOf(ConflictException.class);
      assertThat(endpoint.enabled()).isTrue();
      assertThat(transport.requests()).isEmpty();
    }
  }

  @Test
  void aPolicyThatAllowsNothingUsesUpNoAttemptEither() {
    try (Hookferry open = start(builder -> builder)) {
      open.webhooks().endpoints().create(SITE, CRM);
      open.drain();
      Hookferry closed =
          Hookferry.builder(store, new ScriptedTransport(OutboundPolicy.strict().withoutInternet()))
              .secrets(Secrets.inTheClear())
              .clock(clock)
              .build()
              .start();
      publish(closed);
      closed.drain();

      assertThat(transport.requests()).isEmpty();
      assertThat(deliveries(closed)).hasSize(1).allMatch(one -> one.attempts() == 0);
      assertThat(closed.condition().deliveryOff()).isEqualTo("the outbound policy allows nothing");
    }
  }
}
