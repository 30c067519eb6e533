package dev.hookferry.contract.store.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.Endpoints;
import dev.hookferry.Hookferry;
import dev.hookferry.Keys;
import dev.hookferry.Provisioning;
import dev.hookferry.Webhooks;
import dev.hookferry.access.Scope;
import dev.hookferry.audit.Actor;
import dev.hookferry.catalog.EventTypeSpec;
import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Event;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.RevokedKeyException;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A change that one node has acknowledged counts for every publish that begins later, through any
 * other node. Each test does it several times: now and then a node looks by itself, too.
 */
@Promise(
    by = DeliveryStore.class,
    value =
        "an event published after a change was acknowledged is never routed by the "
            + "configuration before that change, through any node.")
public interface ReadYourWritesContract extends StoreFixture {
  /** The number of repetitions of each test. */
  int ROUNDS = 10;

  private Hookferry node() {
    return Hookferry.builder(open(), new ScriptedTransport())
        .secrets(Secrets.inTheClear())
        .build()
        .start();
  }

  private static Receipt publish(Webhooks through, SiteId site, String type) {
    return through.publish(site, NewEvent.of(type, "{}")).join();
  }

  @Test
  default void routesToEndpointsJustCreatedThroughAnotherNode() {
    try (Hookferry one = node();
        Hookferry other = node()) {
      for (int i = 0; i < ROUNDS; i++) {
        EndpointSpec asked = EndpointSpec.to("https://receiver.example/" + i).types("license_*");
        EndpointId id = one.webhooks().endpoints().create(SiteId.DEFAULT, asked).endpoint().id();
        assertThat(publish(other.webhooks(), SiteId.DEFAULT, "license_created").deliveries())
            .as("created")
            .isEqualTo(1);

        one.webhooks()
            .endpoints()
            .change(SiteId.DEFAULT, id, EndpointSpec.change().types("customer_created"));
        assertThat(publish(other.webhooks(), SiteId.DEFAULT, "license_created").deliveries())
            .as("changed")
            .isZero();

        one.webhooks().endpoints().remove(SiteId.DEFAULT, id);
        assertThat(publish(other.webhooks(), SiteId.DEFAULT, "customer_created").deliveries())
            .as("removed")
            .isZero();
      }
    }
  }

  @Test
  default void changesEndpointsJustCreatedThroughAnotherNode() {
    try (Hookferry one = node();
        Hookferry other = node()) {
      for (int i = 0; i < ROUNDS; i++) {
        EndpointSpec asked = EndpointSpec.to("https://receiver.example/" + i).types("license_*");
        EndpointId id = one.webhooks().endpoints().create(SiteId.DEFAULT, asked).endpoint().id();
        EndpointSpec paused = EndpointSpec.change().enabled(false);
        Endpoints there = other.webhooks().endpoints();
        assertThat(there.change(SiteId.DEFAULT, id, paused).endpoint().enabled()).isFalse();

        id = one.webhooks().endpoints().create(SiteId.DEFAULT, asked).endpoint().id();
        assertThat(there.rotateSecret(SiteId.DEFAULT, id, Duration.ofHours(1), null)).isNotNull();

        id = one.webhooks().endpoints().create(SiteId.DEFAULT, asked).endpoint().id();
        Provisioning provisioning = other.webhooks().provisioning();
        assertThat(provisioning.change(SiteId.DEFAULT, id, shown -> paused).enabled()).isFalse();

        Endpoints.Registered made = one.webhooks().endpoints().create(SiteId.DEFAULT, asked);
        assertThat(provisioning.secret(SiteId.DEFAULT, made.endpoint().id()).forReceiver())
            .isEqualTo(made.secret().forReceiver());
      }
    }
  }

  @Test
  default void testsEndpointsJustCreatedThroughAnotherNode() {
    EventType type = new EventType("order.paid");
    try (Hookferry one = node();
        Hookferry other = node()) {
      EventTypeSpec described = EventTypeSpec.of("").example("{}");
      one.webhooks().eventTypes().put(SiteId.DEFAULT, type, described);
      for (int i = 0; i < ROUNDS; i++) {
        EndpointSpec asked = EndpointSpec.to("https://receiver.example/" + i).types("*");
        Endpoints there = other.webhooks().endpoints();
        EndpointId id = one.webhooks().endpoints().create(SiteId.DEFAULT, asked).endpoint().id();
        assertThat(there.test(SiteId.DEFAULT, id).join().outcome().kind())
            .isEqualTo(OutcomeKind.DELIVERED);

        id = one.webhooks().endpoints().create(SiteId.DEFAULT, asked).endpoint().id();
        assertThat(there.test(SiteId.DEFAULT, id, type).join().outcome().kind())
            .isEqualTo(OutcomeKind.DELIVERED);
      }
    }
  }

  @Test
  default void usesSitesAndSettingsJustChangedThroughAnotherNode() {
    try (Hookferry one = node();
        Hookferry other = node()) {
      for (int i = 0; i < ROUNDS; i++) {
        SiteId site = new SiteId("site-" + i);
        one.webhooks().sites().create(site);
        publish(other.webhooks(), site, "license_created");

        one.webhooks().settings().update(site, s -> s.eventTypes("order.paid"));
        Receipt receipt = publish(other.webhooks(), site, "order.paid");
        assertThat(text(other, site, receipt)).contains("\"Data\":{}");

        one.webhooks().settings().changeByName(site, Map.of("envelope", "raw"));
        assertThat(text(other, site, publish(other.webhooks(), site, "order.paid")))
            .isEqualTo("{}");

        one.webhooks().sites().remove(site);
        var unknown = other.webhooks().publish(site, NewEvent.of("order.paid", "{}"));
        assertThat(unknown.handle((none, failure) -> failure).join())
            .isInstanceOf(NotFoundException.class);
      }
    }
  }

  @Test
  default void keepsTheProducersValuesWhenAnEventIsRoutedAgain() {
    String data = "{ \"b\":1.10 }\n";
    Instant occurredAt = Instant.parse("2026-04-29T16:39:49.123Z");
    try (Hookferry one = node();
        Hookferry other = node()) {
      // The ids of deliveries tell a repeat from another try of the same commit.
      one.webhooks()
          .endpoints()
          .create(SiteId.DEFAULT, EndpointSpec.to("https://receiver.example/").types("*"));
      for (int i = 0; i < ROUNDS; i++) {
        String envelope = List.of("standard", "raw", "qlm").get(i % 3);
        NewEvent event =
            NewEvent.of("license_created", data)
                .id("given-" + i)
                .occurredAt(occurredAt)
                .idempotencyKey("key-" + i);
        one.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("envelope", envelope));

        Receipt made = other.webhooks().publish(SiteId.DEFAULT, event).join();
        Receipt again = one.webhooks().publish(SiteId.DEFAULT, event).join();

        assertThat(again).isEqualTo(new Receipt(new EventId("given-" + i), 1, true));
        Event kept = other.webhooks().events().get(SiteId.DEFAULT, made.id()).event();
        assertThat(kept.occurredAt()).isEqualTo(occurredAt);
        assertThat(kept.payload().text()).contains(data);
        assertThat(kept.payload().text().equals(data)).isEqualTo(envelope.equals("raw"));
      }
    }
  }

  private static String text(Hookferry node, SiteId site, Receipt receipt) {
    return node.webhooks().events().get(site, receipt.id()).event().payload().text();
  }

  @Test
  default void refusesAKeyJustRevokedThroughAnotherNode() {
    try (Hookferry one = node();
        Hookferry other = node()) {
      one.webhooks().keys().create("another", Set.of(Scope.ADMIN), null);
      for (int i = 0; i < ROUNDS; i++) {
        Keys.Issued issued = one.webhooks().keys().create("key", Set.of(Scope.ADMIN), null);
        other.webhooks().refresh().join();
        assertThat(other.webhooks().keys().authenticate(issued.text())).contains(issued.key());
        Webhooks caller = other.webhooks().actingAs(Actor.of(issued.key(), ""));
        publish(caller, SiteId.DEFAULT, "license_created");

        one.webhooks().keys().remove(issued.key().id());

        assertThatThrownBy(() -> publish(caller, SiteId.DEFAULT, "license_created"))
            .hasCauseInstanceOf(RevokedKeyException.class);
        assertThatThrownBy(() -> caller.sites().create(new SiteId("by-a-revoked-key")))
            .isInstanceOf(RevokedKeyException.class);
        other.webhooks().refresh().join();
        assertThat(other.webhooks().keys().authenticate(issued.text())).isEmpty();
      }
    }
  }

  @Promise(
      by = ConfigStore.class,
      value = "empty, with nothing changed, if another change came first")
  @Test
  default void assignsAUidOnceIfTwoNodesRequestIt() {
    try (Hookferry one = node();
        Hookferry other = node()) {
      for (int i = 0; i < ROUNDS; i++) {
        EndpointSpec asked =
            EndpointSpec.to("https://receiver.example/" + i).types("*").uid("uid-" + i);
        List<CompletableFuture<Boolean>> creating =
            Stream.of(one, other)
                .map(node -> CompletableFuture.supplyAsync(() -> isCreated(node, asked)))
                .toList();

        assertThat(creating.stream().map(CompletableFuture::join))
            .containsExactlyInAnyOrder(true, false);
      }
    }
  }

  private static boolean isCreated(Hookferry node, EndpointSpec asked) {
    try {
      var unused = node.webhooks().endpoints().create(SiteId.DEFAULT, asked);
      return true;
    } catch (InvalidException e) {
      assertThat(e).hasMessageStartingWith("uid: is already the uid of ep_");
      return false;
    }
  }

  @Promise(by = ConfigStore.class, value = "Returns the current configuration")
  @Test
  default void updatesWhatAnotherNodeJustCreated() {
    try (Hookferry one = node();
        Hookferry other = node()) {
      for (int i = 0; i < ROUNDS; i++) {
        SiteId site = new SiteId("site-" + i);
        one.webhooks().sites().create(site);

        other.webhooks().settings().changeByName(site, Map.of("envelope", "raw"));
        one.webhooks().refresh().join();

        assertThat(one.webhooks().settings().byName(site)).containsEntry("envelope", "raw");
      }
    }
  }
}
