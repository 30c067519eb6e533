package dev.hookferry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.BlockedKey;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.engine.runtime.PlatformThreads;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.incident.EndpointIncidents;
import dev.hookferry.internal.order.BlockedKeyWatch;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.observe.BlockedKeyCount;
import dev.hookferry.observe.BlockedKeyEvent;
import dev.hookferry.observe.Listener;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.RecordingListener;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys that are blocked for long are reported once, and all of them are counted. */
class BlockedKeyWatchTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String CRM = "https://crm.example/hook";
  private static final String OPS = "https://ops.example/hook";
  private static final Duration LIMIT = Duration.ofHours(1);

  private final ManualClock clock = ManualClock.atNoon();
  private final ScriptedTransport transport = new ScriptedTransport();
  private final RecordingListener listener = new RecordingListener();
  private final List<Map<SiteId, BlockedKeyCount>> counts = new CopyOnWriteArrayList<>();
  private final List<Delivery> skipped = new CopyOnWriteArrayList<>();
  private final EndpointIncidents incidents = new EndpointIncidents(new PlatformThreads());
  private final Listener counting =
      new Listener() {
        @Override
        public void blockedKeys(Map<SiteId, BlockedKeyCount> bySite) {
          counts.add(bySite);
        }

        @Override
        public void skipped(Delivery delivery) {
          skipped.add(delivery);
        }
      };
  private final CoreServices services =
      Hookferry.builder(new MemoryStore(clock, Duration.ofDays(1)), transport)
          .secrets(Secrets.inTheClear())
          .clock(clock)
          .listener(Listener.all(listener, counting))
          .services(incidents);
  private final Webhooks webhooks = new Webhooks(services);
  private final BlockedKeyWatch watch = new BlockedKeyWatch(services, LIMIT);
  private EndpointId crm;

  @BeforeEach
  void block() {
    services.configHolder().refresh();
    webhooks.sites().ensureDefault();
    services.runtime().configured(services.configHolder().config());
    services.runtime().start();
    incidents.start(services);
    webhooks.settings().update(SITE, s -> s.retry(r -> r.maxRetries(0)));
    crm = endpoint(EndpointSpec.to(CRM).types("license_*").order(DeliveryOrder.BY_KEY));
    EndpointId unused = endpoint(EndpointSpec.to(OPS).types("key_blocked"));
    transport.responding(CRM, 500);
    webhooks.publish(SITE, NewEvent.of("license_created", "{}").orderingKey("a")).join();
    Poll.until(() -> !blocked().isEmpty());
  }

  @AfterEach
  void stop() {
    incidents.stop();
    services.runtime().stop(Duration.ofSeconds(10));
    services.blocking().shutdown();
  }

  private EndpointId endpoint(EndpointSpec spec) {
    return webhooks.endpoints().create(SITE, spec).endpoint().id();
  }

  private List<Delivery> blocked() {
    DeliveryQuery query = DeliveryQuery.ofSite(SITE).state(DeliveryState.BLOCKED);
    return webhooks.deliveries().list(query).data();
  }

  @Test
  void aKeyIsReportedOnceAfterTheLimit() {
    Delivery delivery = blocked().get(0);
    clock.advance(LIMIT.minusSeconds(1));
    watch.look();
    Poll.until(() -> counts.size() == 1);
    assertThat(counts).containsExactly(Map.of(SITE, new BlockedKeyCount(1, 0)));
    assertThat(listener.blockedKeys()).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    watch.look();
    watch.look();

    Poll.until(() -> counts.size() == 3);
    assertThat(listener.blockedKeys())
        .containsExactly(
            new BlockedKeyEvent(SITE, crm, delivery.id(), delivery.type(), "a", delivery.dueAt()));
  }

  @Test
  void waitingDeliveriesAreCountedWithTheKeys() {
    for (String key : List.of("a", "a", "b", "c")) {
      webhooks.publish(SITE, NewEvent.of("license_created", "{}").orderingKey(key)).join();
    }
    Poll.until(() -> blocked().size() == 3);
    watch.look();
    Poll.until(() -> counts.size() == 1);

    assertThat(counts).containsExactly(Map.of(SITE, new BlockedKeyCount(3, 2)));
    assertThat(webhooks.blockedKeys().list(SITE, crm, PageRequest.FIRST).data())
        .extracting(BlockedKey::orderingKey, BlockedKey::waiting)
        .containsExactlyInAnyOrder(tuple("a", 2), tuple("b", 0), tuple("c", 0));
  }

  @Test
  void subscribersGetOneEventFromAllNodesTogether() {
    clock.advance(LIMIT);
    watch.look();
    new BlockedKeyWatch(services, LIMIT).look();

    Poll.until(() -> listener.blockedKeys().size() == 2);
    Poll.until(() -> transport.requestsTo(OPS).size() == 1);
    webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    Poll.until(() -> transport.requestsTo(CRM).size() == 2);
    assertThat(transport.requestsTo(OPS)).hasSize(1);
    assertThat(new String(transport.requestsTo(OPS).get(0).body().toBytes(), UTF_8))
        .contains("\"orderingKey\":\"a\"", crm.toString());
  }

  @Test
  void keyBlockedAgainIsReportedAgain() {
    clock.advance(LIMIT);
    watch.look();
    webhooks.blockedKeys().retry(SITE, crm, "a").join();
    Poll.until(() -> transport.requestsTo(CRM).size() == 2 && !blocked().isEmpty());
    watch.look();
    clock.advance(LIMIT);
    watch.look();
    Poll.until(() -> listener.blockedKeys().size() == 2);

    Delivery after = webhooks.blockedKeys().skip(SITE, crm, "a").join();
    Poll.until(() -> skipped.equals(List.of(after)));
    watch.look();
    Poll.until(() -> counts.size() == 4);
    assertThat(counts.get(3)).isEmpty();
  }

  @Test
  void aKeyStaysInSightAfterTheOrderWasSwitchedOff() {
    watch.look();
    webhooks.endpoints().change(SITE, crm, EndpointSpec.change().order(DeliveryOrder.NONE));
    clock.advance(LIMIT);
    watch.look();
    watch.look();
    new BlockedKeyWatch(services, LIMIT).look();

    Poll.until(() -> counts.size() == 4);
    assertThat(counts).containsOnly(Map.of(SITE, new BlockedKeyCount(1, 0)));
    assertThat(listener.blockedKeys())
        .hasSize(2)
        .extracting(BlockedKeyEvent::endpoint)
        .containsOnly(crm);
  }
}
