package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.engine.runtime.PlatformThreads;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.incident.EndpointIncidents;
import dev.hookferry.internal.replay.ReplayWorker;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayState;
import dev.hookferry.replay.ReplayWindow;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.Store;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replays on two nodes whose clocks and steps do not keep to the lease. */
class ReplayLeaseTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final Duration HOURS = Duration.ofHours(3);

  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryStore memory = new MemoryStore(clock, Duration.ofDays(1));
  private final ScriptedTransport transport = new ScriptedTransport();
  private final List<Runnable> stops = new ArrayList<>();

  /** Runs before the first node reads its log the next time. */
  private Runnable beforeLog = () -> {};

  private final CoreServices services = start(slow());
  private final Webhooks webhooks = new Webhooks(services);
  private final ReplayWorker worker = new ReplayWorker(services);

  private Store slow() {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("log")) {
                Runnable once = beforeLog;
                beforeLog = () -> {};
                once.run();
              }
              try {
                return method.invoke(memory, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private CoreServices start(Store store) {
    EndpointIncidents incidents = new EndpointIncidents(new PlatformThreads());
    CoreServices node =
        Hookferry.builder(store, transport)
            .secrets(Secrets.inTheClear())
            .clock(clock)
            .services(incidents);
    node.configHolder().refresh();
    new Webhooks(node).sites().ensureDefault();
    node.runtime().configured(node.configHolder().config());
    node.runtime().start();
    stops.add(
        () -> {
          incidents.stop();
          node.runtime().stop(Duration.ofSeconds(10));
          node.blocking().shutdown();
        });
    return node;
  }

  @AfterEach
  void stop() {
    stops.forEach(Runnable::run);
  }

  @Test
  void aStepThatOutlivesItsLeaseIsNotCountedTwice() {
    delivered(6);
    ReplayWorker other = new ReplayWorker(start(memory));
    ReplayJob job = webhooks.replays().start(SITE, all(), 2);
    beforeLog =
        () -> {
          clock.advance(Duration.ofSeconds(31));
          other.work();
          clock.advance(Duration.ofSeconds(1));
          other.work();
        };

    worker.work();

    assertThat(sent(job)).as("what the other node counted").isEqualTo(4);
    clock.advance(Duration.ofSeconds(1));
    worker.work();
    other.work();
    assertThat(sent(job)).isEqualTo(6);
    assertThat(state(job)).isEqualTo(ReplayState.DONE);
  }

  /** Otherwise each node begins anew where the other one did, and the replay never ends. */
  @Test
  void searchExceedingItsLeaseContinuesInTheNextStep() {
    publish(PageRequest.MAX_LIMIT + 1);
    EndpointSpec other = EndpointSpec.to("https://crm.example/hook").types("license_deleted");
    EndpointId late = webhooks.endpoints().create(SITE, other).endpoint().id();
    ReplayJob job = webhooks.replays().start(SITE, all().endpoint(late).missing(true), 2);
    beforeLog = this::takeASecond;

    worker.work();

    ReplayJob searching = webhooks.replays().get(SITE, job.id());
    assertThat(searching.state()).isEqualTo(ReplayState.RUNNING);
    assertThat(searching.heldUntil()).isAfter(clock.instant());
    clock.set(searching.heldUntil().plusSeconds(1));
    new ReplayWorker(start(memory)).work();
    assertThat(state(job)).as("at its end, without a match").isEqualTo(ReplayState.DONE);
  }

  private void takeASecond() {
    clock.advance(Duration.ofSeconds(1));
    beforeLog = this::takeASecond;
  }

  @Test
  void replayContinuesAfterTheClockIsSetBack() {
    delivered(6);
    ReplayJob job = webhooks.replays().start(SITE, all(), 2);
    worker.work();
    assertThat(sent(job)).isEqualTo(2);

    clock.set(clock.instant().minus(HOURS));
    worker.work();
    clock.advance(Duration.ofSeconds(1));
    worker.work();

    assertThat(sent(job)).isEqualTo(4);
  }

  @Test
  void aLeaseFromBeforeTheClockWasSetBackEnds() {
    delivered(6);
    ReplayJob job = webhooks.replays().start(SITE, all(), 2);
    worker.work();

    clock.set(clock.instant().minus(HOURS));
    new ReplayWorker(start(memory)).work();

    assertThat(sent(job)).as("its node has died").isEqualTo(4);
  }

  private void delivered(int count) {
    EndpointSpec crm = EndpointSpec.to("https://crm.example/hook").types("*");
    webhooks.endpoints().create(SITE, crm);
    publish(count);
    DeliveryQuery query = DeliveryQuery.ofSite(SITE).state(DeliveryState.DELIVERED);
    Poll.until(() -> webhooks.deliveries().list(query).data().size() == count);
  }

  private void publish(int count) {
    List<NewEvent> events = Collections.nCopies(count, NewEvent.of("license_created", "{}"));
    var unused = webhooks.publishAll(SITE, events).join();
  }

  private ReplayWindow all() {
    return ReplayWindow.since(Instant.EPOCH)
        .until(clock.instant().plusMillis(1))
        .statuses(ReplayWindow.ENDED);
  }

  private long sent(ReplayJob job) {
    return webhooks.replays().get(SITE, job.id()).progress().sent();
  }

  private ReplayState state(ReplayJob job) {
    return webhooks.replays().get(SITE, job.id()).state();
  }
}
