package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Event;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.EventQuery;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.testing.SimulatedHookferry;
import dev.hookferry.testing.SimulatedReceiver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Labels, addressed endpoints, scheduled events and subjects, from publish to receiver. */
class EventOptionsRoutingTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final NewEvent EVENT = NewEvent.of("license_created", "{}");

  private final SimulatedHookferry hooks = SimulatedHookferry.start();

  @AfterEach
  void stop() {
    hooks.close();
  }

  private EndpointId endpoint(String name, EndpointSpec more) {
    SimulatedReceiver unused = receiver(name);
    return hooks
        .webhooks()
        .endpoints()
        .create(SITE, more.url("https://" + name + ".example/hook"))
        .endpoint()
        .id();
  }

  private static EndpointSpec spec(String types) {
    return EndpointSpec.to("https://a.example/").types(types);
  }

  private SimulatedReceiver receiver(String name) {
    return hooks.receiver("https://" + name + ".example/hook");
  }

  @Test
  void anEndpointWithLabelsGetsEventsThatHaveThemAll() {
    endpoint("all", spec("license_*"));
    endpoint("eu", spec("license_*").label("region", "eu"));
    endpoint("gold", spec("license_*").label("region", "eu").label("tier", "gold"));

    assertThat(hooks.publish(EVENT).deliveries()).isEqualTo(1);
    assertThat(hooks.publish(EVENT.label("region", "us")).deliveries()).isEqualTo(1);
    assertThat(hooks.publish(EVENT.label("region", "eu")).deliveries()).isEqualTo(2);
    assertThat(hooks.publish(EVENT.label("tier", "gold")).deliveries()).isEqualTo(1);
    assertThat(hooks.publish(EVENT.label("region", "eu").label("tier", "gold").label("x", "y")))
        .extracting(Receipt::deliveries)
        .isEqualTo(3);
    hooks.advanceUntilDone(Duration.ofMinutes(1));

    receiver("all").hasReceived(5);
    receiver("eu").hasReceived(2);
    receiver("gold").hasReceived(1);
  }

  @Test
  void anAddressedEventReachesOnlyTheChosenEndpoints() {
    endpoint("subscribed", spec("license_created"));
    EndpointId other = endpoint("other", spec("customer_created").uid("crm"));
    endpoint("labelled", spec("customer_created").uid("eu").label("region", "eu"));

    hooks.publish(EVENT.to("crm"));
    hooks.publish(EVENT.to(other.toString(), "crm"));
    Receipt unlabelled = hooks.publish(EVENT.to("eu"));
    hooks.publish(EVENT.to("eu").label("region", "eu"));
    hooks.advanceUntilDone(Duration.ofMinutes(1));

    receiver("other").hasReceived(2);
    receiver("labelled").hasReceived(1);
    receiver("subscribed").hasReceived(0);
    assertThat(unlabelled.deliveries()).isZero();
    assertThat(event(hooks.publish(EVENT.to("crm"))).options().to()).containsExactly(other);
  }

  @Test
  void anUnknownAddresseeRefusesThePublish() {
    assertThatThrownBy(() -> hooks.publish(EVENT.to("nobody")))
        .isInstanceOf(InvalidException.class)
        .hasMessage("to[0]: is not the id or uid of an endpoint of this site");
    assertThat(hooks.webhooks().events().list(EventQuery.ofSite(SITE)).data()).isEmpty();
  }

  @Test
  void aScheduledEventIsSentWhenItIsDue() {
    endpoint("crm", spec("*"));
    Instant at = hooks.now().plus(Duration.ofDays(30));
    Receipt receipt = hooks.publish(EVENT.deliverAt(at));

    hooks.advance(Duration.ofDays(30).minusSeconds(2));
    receiver("crm").hasReceived(0);
    Delivery waiting = delivery(receipt);
    assertThat(waiting.dueAt()).isEqualTo(at);
    assertThat(hooks.webhooks().deliveries().reason(waiting).text()).isEqualTo("scheduled");

    hooks.advance(Duration.ofSeconds(3));
    receiver("crm").hasReceived(1);
  }

  @Test
  void aTimeInThePastMeansNow() {
    endpoint("crm", spec("*"));

    hooks.publish(EVENT.deliverAt(hooks.now().minusSeconds(1)));
    hooks.advance(Duration.ofSeconds(1));

    receiver("crm").hasReceived(1);
  }

  @Test
  void refusesATimeTooFarAhead() {
    Instant latest = hooks.now().plus(Duration.ofDays(30));
    hooks.publish(EVENT.deliverAt(latest));

    assertThatThrownBy(() -> hooks.publish(EVENT.deliverAt(latest.plusSeconds(60))))
        .isInstanceOf(InvalidException.class)
        .hasMessage("deliverAt: must be at most 30 days from now");
  }

  @Test
  void aScheduledDeliveryCanBeCancelledOrSentNow() {
    endpoint("crm", spec("*"));
    Instant at = hooks.now().plus(Duration.ofDays(1));
    Delivery cancelled = delivery(hooks.publish(EVENT.id("a").deliverAt(at)));
    Delivery hurried = delivery(hooks.publish(EVENT.id("b").deliverAt(at)));

    var unused = hooks.webhooks().deliveries().cancel(SITE, cancelled.id());
    var unused2 = hooks.webhooks().deliveries().retry(SITE, hurried.id());
    hooks.advance(Duration.ofMinutes(1));
    receiver("crm").hasReceived(1);
    hooks.advance(Duration.ofDays(2));

    receiver("crm").hasReceived(1);
    assertThat(hooks.webhooks().deliveries().get(SITE, cancelled.id()).state())
        .isEqualTo(DeliveryState.CANCELLED);
  }

  @Test
  void aRepeatWithOtherOptionsIsRefused() {
    NewEvent event = EVENT.id("a").label("region", "eu").subject("anna@example.com");
    hooks.publish(event);
    hooks.advance(Duration.ofSeconds(1));

    assertThat(hooks.publish(event).repeated()).isTrue();
    assertThatThrownBy(() -> hooks.publish(event.label("region", "us")))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> hooks.publish(event.subject("bert@example.com")))
        .isInstanceOf(ConflictException.class);
  }

  @Test
  void aSubjectIsKeptAsAKeyedHashOnly() {
    Event first = event(hooks.publish(EVENT.subject("anna@example.com")));
    Event again = event(hooks.publish(EVENT.subject("anna@example.com")));
    Event other = event(hooks.publish(EVENT.subject("bert@example.com")));
    hooks.webhooks().sites().create(new SiteId("b"));
    Receipt elsewhere = hooks.publish(new SiteId("b"), EVENT.subject("anna@example.com"));
    Event abroad = hooks.webhooks().events().get(new SiteId("b"), elsewhere.id()).event();

    assertThat(first.options().subject()).matches("[0-9a-f]{32}");
    assertThat(again.options()).isEqualTo(first.options());
    assertThat(List.of(other.options(), abroad.options())).doesNotContain(first.options());
    assertThat(other.options()).isNotEqualTo(abroad.options());
    assertThat(first.options().text()).doesNotContain("anna");
  }

  @Test
  void eventsAreFoundByTheirLabels() {
    Event wanted = event(hooks.publish(EVENT.label("region", "eu").label("tier", "gold")));
    hooks.publish(EVENT.label("region", "us"));
    hooks.publish(EVENT);

    assertThat(
            hooks
                .webhooks()
                .events()
                .list(EventQuery.ofSite(SITE).labels(Map.of("region", "eu")))
                .data())
        .containsExactly(wanted);
  }

  private Event event(Receipt receipt) {
    return hooks.webhooks().events().get(SITE, receipt.id()).event();
  }

  private Delivery delivery(Receipt receipt) {
    return hooks.webhooks().events().get(SITE, receipt.id()).deliveries().get(0);
  }

  @Test
  void aRepeatIsADuplicateWhateverHappenedToItsEndpoints() {
    EndpointId crm = endpoint("crm", spec("customer_*").uid("crm"));
    NewEvent byId = EVENT.id("order-1").to("crm").subject("jane");
    NewEvent byKey = EVENT.idempotencyKey("k").to("crm", crm.toString());
    Receipt first = hooks.publish(byId);
    Receipt second = hooks.publish(byKey);

    // The uid moves to another endpoint.
    Endpoints endpoints = hooks.webhooks().endpoints();
    endpoints.change(SITE, crm, EndpointSpec.change().uid("old"));
    endpoint("other", spec("customer_*").uid("crm"));
    assertThat(hooks.publish(byId)).isEqualTo(new Receipt(first.id(), 1, true));
    assertThat(hooks.publish(byKey)).isEqualTo(new Receipt(second.id(), 1, true));

    // No endpoint has it any more, and the first one is gone.
    endpoints.remove(SITE, crm);
    endpoints.remove(SITE, endpoints.id(SITE, "crm"));
    assertThat(hooks.publish(byId)).isEqualTo(new Receipt(first.id(), 1, true));
    assertThat(hooks.publish(byKey)).isEqualTo(new Receipt(second.id(), 1, true));
    NewEvent fresh = EVENT.id("order-2");
    assertThat(hooks.webhooks().publishAll(SITE, List.of(fresh, byId)).join())
        .extracting(Receipt::repeated)
        .containsExactly(false, true);

    // Other content is no repeat, and the unknown name is what is wrong with it.
    assertThatThrownBy(() -> hooks.publish(byId.label("a", "b")))
        .isInstanceOf(InvalidException.class)
        .hasMessage("to[0]: is not the id or uid of an endpoint of this site");
    assertThatThrownBy(() -> hooks.publish(byId.id("order-3")))
        .isInstanceOf(InvalidException.class);
    assertThatThrownBy(
            () -> hooks.webhooks().publishAll(SITE, List.of(byId, byId.id("order-3"))).join())
        .hasMessageContaining("[1].to[0]: is not the id or uid");
    hooks.advanceUntilDone(Duration.ofMinutes(1));
    receiver("other").hasReceived(0);
  }
}
