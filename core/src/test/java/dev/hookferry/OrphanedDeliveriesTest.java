package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hookferry.contract.support.ForwardingStore;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Node;
import dev.hookferry.store.Store;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.RecordingListener;
import dev.hookferry.testing.ScriptedTransport;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Deliveries that a crash left behind after the removal of their endpoint or site. */
class OrphanedDeliveriesTest {
  private static final SiteId GONE = new SiteId("gone");

  private final ManualClock clock = new ManualClock(Samples.START.plusSeconds(60));
  private final MemoryStore store = new MemoryStore(clock, Duration.ofHours(1));
  private final RecordingListener listener = new RecordingListener();
  private final Samples samples = new Samples(5);

  @Test
  void cancelsAnyNumberOfPendingDeliveriesOfARemovedSite() {
    List<EndpointId> many = Stream.generate(samples::endpoint).limit(300).toList();
    EndpointId busy = samples.endpoint();
    publish(GONE, Stream.concat(many.stream(), Stream.of(busy)).toList());
    for (int i = 0; i < 12; i++) {
      publish(GONE, Stream.generate(() -> busy).limit(100).toList());
    }
    Map<EndpointId, Integer> expected = many.stream().collect(Collectors.toMap(e -> e, e -> 1));
    expected.put(busy, 1 + 1_200);

    try (Hookferry hookferry = started(store)) {
      Poll.until(() -> listener.abandoned().equals(expected));
      assertThat(hookferry.backlog().pending()).isZero();
    }
    assertThat(pending(GONE)).isEmpty();
  }

  @Test
  void onlyPendingDeliveriesOfTheRemovedEndpointAreCancelled() {
    EndpointId removed = samples.endpoint();
    publish(SiteId.DEFAULT, List.of(removed));

    try (Hookferry hookferry = started(store)) {
      Poll.until(() -> listener.abandoned().containsKey(removed));
      assertThat(listener.abandoned()).containsOnlyKeys(removed);
      assertThat(
              hookferry.webhooks().deliveries().list(DeliveryQuery.ofSite(SiteId.DEFAULT)).data())
          .singleElement()
          .extracting(Delivery::state)
          .isEqualTo(DeliveryState.CANCELLED);
    }
  }

  /** Another node adds an endpoint, and gets an event for it, before this node knows of it. */
  @Test
  void deliveriesOfANewEndpointOfAnotherNodeAreNotOrphaned() {
    EndpointId removed = samples.endpoint();
    Endpoint added;
    try (Hookferry other = started(new MemoryStore(clock, Duration.ofHours(1)))) {
      EndpointSpec asked = EndpointSpec.to("https://new.example/").types("*");
      added = other.webhooks().endpoints().create(SiteId.DEFAULT, asked).endpoint();
    }
    Runnable meanwhile =
        () -> {
          store
              .config()
              .save(List.of(new ConfigChange.PutEndpoint(added)), store.config().version());
          publish(SiteId.DEFAULT, List.of(added.id(), removed));
        };

    try (Hookferry hookferry = started(new Overtaken(store, "orphanedEndpoints", meanwhile))) {
      Poll.until(() -> listener.abandoned().containsKey(removed));
      Poll.until(() -> hookferry.backlog().pending() == 0);
    }

    assertThat(listener.abandoned()).containsOnlyKeys(removed);
    assertThat(listener.settled())
        .extracting(Delivery::endpoint, Delivery::state)
        .containsExactly(tuple(added.id(), DeliveryState.DELIVERED));
  }

  /** Only the store knows what somebody broke by hand. */
  @Test
  void theStoreIsAskedToRepairItselfAtTheStart() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);

    try (Hookferry unused = started(new Overtaken(store, "repair", asked::countDown))) {
      assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private Hookferry started(Store used) {
    return Hookferry.builder(used, new ScriptedTransport())
        .secrets(Secrets.inTheClear())
        .clock(clock)
        .listener(listener)
        .build()
        .start();
  }

  private void publish(SiteId site, List<EndpointId> endpoints) {
    Event event = samples.event(site, new EventType("license_created"));
    List<PublishEntry.Queued> free =
        endpoints.stream()
            .map(endpoint -> new PublishEntry.Queued(samples.delivery(event, endpoint), false))
            .toList();
    DeliveryStore deliveries = store.deliveries();
    deliveries.commit(
        deliveries.register(new Node("crashed")), Batch.of(PublishEntry.of(event, free)));
  }

  private List<Delivery> pending(SiteId site) {
    return store.log().deliveries(DeliveryQuery.ofSite(site).state(DeliveryState.PENDING)).data();
  }

  /** A store in which something happens just before a method of its deliveries is called. */
  private static final class Overtaken extends ForwardingStore {
    private final DeliveryStore real;
    private final String called;
    private final Runnable before;

    Overtaken(Store store, String called, Runnable before) {
      super(store);
      real = store.deliveries();
      this.called = called;
      this.before = before;
    }

    @Override
    public DeliveryStore deliveries() {
      Object overtaken =
          Proxy.newProxyInstance(
              DeliveryStore.class.getClassLoader(),
              new Class<?>[] {DeliveryStore.class},
              (self, method, arguments) -> {
                if (method.getName().equals(called)) {
                  before.run();
                }
                return method.invoke(real, arguments);
              });
      return (DeliveryStore) overtaken;
    }

    @Override
    public boolean isShared() {
      return true;
    }
  }
}
