package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.simulation.SimulationSettings;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.event.Event;
import dev.hookferry.event.Fingerprint;
import dev.hookferry.event.Idempotence;
import dev.hookferry.event.Payload;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An event from publish to the log. */
class EventLifecycleTest {
  private final World world = new World();

  @Test
  void anEventIsSentToEverySubscribedEndpoint() {
    Endpoint exact = world.endpoint("https://a.example/", "license_created");
    Endpoint open = world.endpoint("https://b.example/", "license_*");
    world.endpoint("https://c.example/", "customer_*");

    var receipt = world.publish("license_created").join().get(0);

    assertThat(receipt.deliveries()).isEqualTo(2);
    assertThat(world.sentByEndpoint()).containsOnlyKeys(exact.id(), open.id());
    assertThat(world.deliveries())
        .extracting(Delivery::state)
        .containsExactly(DeliveryState.DELIVERED, DeliveryState.DELIVERED);
    assertThat(world.listener.attempts()).hasSize(2);
    assertThat(world.listener.settled()).hasSize(2);
  }

  @Test
  void nothingIsSentOrAcknowledgedBeforeTheEventIsDurable() {
    world.endpoint("https://a.example/", "*");
    world.commitsWait = true;

    var answer = world.publish("license_created");

    assertThat(answer).isNotDone();
    assertThat(world.sent).isEmpty();
    world.letCommitsGo();
    assertThat(answer).isCompleted();
    assertThat(world.sent).hasSize(1);
  }

  @Test
  void entriesThatWaitDuringACommitAreCommittedTogether() {
    world.endpoint("https://a.example/", "*");
    int before = world.batches.size();
    world.commitsWait = true;
    for (int i = 0; i < 10; i++) {
      world.publish("license_created");
    }

    world.letCommitsGo();

    assertThat(world.batches.get(before).publications()).hasSize(1);
    assertThat(world.batches.get(before + 1).publications()).hasSize(9);
  }

  @Test
  void conflictingContentsOfAnIdInOneCommitAreRefused() {
    world.commitsWait = true;
    world.publish("license_created");
    var first = world.publish(named("{\"n\":1}"));
    var second = world.publish(named("{\"n\":2}"));

    world.letCommitsGo();

    assertThat(world.batches.get(world.batches.size() - 1).publications()).hasSize(2);
    assertThat(first.join()).containsExactly(new Receipt(new EventId("order"), 0, false));
    assertThatThrownBy(second::join).hasCauseInstanceOf(ConflictException.class);
    assertThat(world.listener.accepted()).hasSize(2);
  }

  private Event named(String json) {
    Event made = world.event(Samples.SITE, "license_created");
    Payload payload = Payload.of(json);
    Idempotence once = new Idempotence(null, Fingerprint.of(made.type(), null, payload));
    return new Event(
        new EventId("order"),
        made.site(),
        made.type(),
        made.occurredAt(),
        made.acceptedAt(),
        payload,
        once);
  }

  @Test
  void retriesFollowTheExactIntervalUntilNoneAreLeft() {
    Endpoint dead = world.endpoint("https://a.example/", "*");
    world.retries(2, Duration.ofSeconds(30));
    world.receiver = sending -> Outcomes.refused();
    Instant start = world.now();
    Event event = world.event(Samples.SITE, "license_created");

    world.publish(event);
    world.advance(Duration.ofMinutes(10));

    assertThat(world.timesOfSending(dead.id()))
        .containsExactly(start, start.plusSeconds(30), start.plusSeconds(60));
    assertThat(world.sent).extracting(Sending::number).containsExactly(1, 2, 3);
    assertThat(world.sent)
        .extracting(sending -> sending.event().payload())
        .as("the same bytes each time")
        .containsOnly(event.payload());
    assertThat(world.deliveries().get(0).state()).isEqualTo(DeliveryState.EXHAUSTED);
    assertThat(world.store.log().attempts(AttemptQuery.ofSite(Samples.SITE)).data()).hasSize(3);
  }

  @Test
  void aChangedRetryPolicyAppliesToTheNextAttempt() {
    world.endpoint("https://a.example/", "*");
    world.retries(5, Duration.ofSeconds(60));
    world.receiver = sending -> Outcomes.refused();
    world.publish("license_created");

    world.retries(1, Duration.ofSeconds(60));
    world.advance(Duration.ofMinutes(10));

    assertThat(world.sent).hasSize(2);
  }

  @Test
  void ourOwnFailuresUseUpNoAttempt() {
    world.endpoint("https://a.example/", "*");
    world.retries(0, Duration.ofSeconds(1));
    world.receiver = sending -> world.sent.size() < 3 ? Outcomes.ourFault() : Outcomes.ok();

    world.publish("license_created");
    world.advance(Duration.ofMinutes(1));

    assertThat(world.sent).extracting(Sending::number).containsExactly(1, 1, 1);
    assertThat(world.deliveries().get(0).state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(world.listener.attempts()).hasSize(1);
  }

  @Test
  void aRepeatGetsTheFirstReceiptAndDeliversNothing() {
    world.endpoint("https://a.example/", "*");
    var event = new Samples(1).repeatable("mine", null, "{}");

    var first = world.publish(event).join();
    var second = world.publish(event).join();

    assertThat(second.get(0).id()).isEqualTo(first.get(0).id());
    assertThat(second.get(0).deliveries()).isEqualTo(1);
    assertThat(world.sent).hasSize(1);
    assertThat(world.engine.load().owned()).isZero();
  }

  @Test
  void aRepeatWithOtherContentIsRefused() {
    world.endpoint("https://a.example/", "*");
    Samples samples = new Samples(1);
    world.publish(samples.repeatable("mine", null, "{}"));

    var answer = world.publish(samples.repeatable("mine", null, "{\"other\":1}"));

    assertThatThrownBy(answer::join).hasMessageContaining("mine").hasMessageContaining("new id");
    assertThat(world.sent).hasSize(1);
  }

  @Test
  void disabledWebhooksStoreEventsWithoutDeliveries() {
    world.endpoint("https://a.example/", "*");
    world.site(Samples.SITE, SimulationSettings.enabled(false));

    var receipt = world.publish("license_created").join().get(0);

    assertThat(receipt.deliveries()).isZero();
    assertThat(world.store.log().event(Samples.SITE, receipt.id())).isPresent();
    world.site(Samples.SITE, SimulationSettings.enabled(true));
    world.advance(Duration.ofMinutes(1));
    assertThat(world.sent).isEmpty();
  }

  @Test
  void disabledWebhooksHoldPendingDeliveriesUntilEnabled() {
    world.endpoint("https://a.example/", "*");
    world.receiver = sending -> Outcomes.refused();
    world.publish("license_created");
    world.site(Samples.SITE, SimulationSettings.enabled(false));
    world.advance(Duration.ofHours(1));
    assertThat(world.sent).hasSize(1);

    world.receiver = sending -> Outcomes.ok();
    world.site(Samples.SITE, SimulationSettings.enabled(true));

    assertThat(world.sent).hasSize(2);
    assertThat(world.deliveries().get(0).state()).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void endpointsOfAnotherSiteReceiveNothing() {
    SiteId other = new SiteId("other");
    world.site(other, SiteSettings.DEFAULT);
    world.endpoint(other, "https://a.example/", "*");

    world.publish("license_created");

    assertThat(world.sent).isEmpty();
  }

  @Test
  void aRemovedSiteAcceptsNothing() {
    world.configure(new ConfigChange.RemoveSite(Samples.SITE));

    assertThatThrownBy(world.publish("license_created")::join)
        .hasMessageContaining("there is no site default");
  }

  @Test
  void allEventsOfAPublicationAreAcknowledgedTogether() {
    world.endpoint("https://a.example/", "*");

    var receipts =
        world
            .publish(
                world.event(Samples.SITE, "license_created"),
                world.event(Samples.SITE, "license_deleted"))
            .join();

    assertThat(receipts).hasSize(2);
    assertThat(world.sent).hasSize(2);
    assertThat(List.copyOf(world.listener.accepted())).hasSize(2);
  }
}
