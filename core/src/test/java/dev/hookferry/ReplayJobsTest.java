package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.engine.runtime.PlatformThreads;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.ReplayId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.incident.EndpointIncidents;
import dev.hookferry.internal.replay.ReplayJobs;
import dev.hookferry.internal.replay.ReplayWorker;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayState;
import dev.hookferry.replay.ReplayWindow;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.RecordingListener;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.transport.SignedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replays as jobs: their rate, their end, what survives a restart. Nothing waits for a timer. */
class ReplayJobsTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String CRM = "https://crm.example/hook";

  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryStore store = new MemoryStore(clock, Duration.ofHours(1));
  private final RecordingListener listener = new RecordingListener();
  private final ScriptedTransport transport = new ScriptedTransport();
  private Faulty faulty = new Faulty("commit", () -> new StoreException("injected"));
  private Node node = new Node();

  /** A process: the facade and a worker that goes on only when a test says so. */
  private final class Node {
    private final EndpointIncidents incidents = new EndpointIncidents(new PlatformThreads());
    private final CoreServices services =
        Hookferry.builder(faulty.around(Store.class, store), transport)
            .secrets(Secrets.inTheClear())
            .clock(clock)
            .listener(listener)
            .services(incidents);
    private final Webhooks webhooks = new Webhooks(services);
    private final Replays jobs = webhooks.replays();
    private final ReplayWorker worker;

    Node() {
      services.configHolder().refresh();
      webhooks.sites().ensureDefault();
      services.runtime().configured(services.configHolder().config());
      services.runtime().start();
      worker = new ReplayWorker(services);
    }

    void stop() {
      incidents.stop();
      services.runtime().stop(SOON);
      services.blocking().shutdown();
    }
  }

  @AfterEach
  void stop() {
    node.stop();
  }

  @Test
  void aPreviewCountsAndChangesNothing() {
    EndpointId crm = delivered(3);
    Replays.Preview preview = node.jobs.preview(SITE, all());
    assertThat(preview.count()).isEqualTo(3);
    assertThat(preview.more()).isFalse();
    assertThat(preview.byEndpoint()).containsOnlyKeys(crm).containsValue(3L);
    assertThat(preview.samples()).hasSize(3);
    assertThat(node.jobs.list(SITE)).isEmpty();
    assertThat(transport.requests()).hasSize(3);
  }

  @Test
  void aReplayRunsAtItsRateUntilItEnds() {
    delivered(5);
    ReplayJob job = node.jobs.start(SITE, all(), 2);
    assertThat(job.progress().expected()).isEqualTo(5);
    step(job, 2, ReplayState.RUNNING);
    node.worker.work();
    assertThat(job(job).progress().sent()).as("no time has passed").isEqualTo(2);
    later(job, 4, ReplayState.RUNNING);
    later(job, 5, ReplayState.DONE);
    Poll.until(() -> transport.requests().size() == 10);
    assertThat(job(job).endedAt()).isNotNull();
    assertThat(job(job).progress().percent()).isEqualTo(100);
    clock.advance(SECOND);
    node.worker.work();
    assertThat(transport.requests()).hasSize(10);
    Poll.until(() -> states().equals(List.of(ReplayState.RUNNING, ReplayState.DONE)));
  }

  @Test
  void deliveriesMadeByTheReplayAreNotSentAgain() {
    delivered(4);
    ReplayJob job = node.jobs.start(SITE, all(), 2);
    step(job, 2, ReplayState.RUNNING);
    Poll.until(() -> transport.requests().size() == 6);
    later(job, 4, ReplayState.DONE);
    Poll.until(() -> transport.requests().size() == 8);
  }

  @Test
  void aReplayCanBePausedAndCancelled() {
    delivered(5);
    ReplayJob job = node.jobs.start(SITE, all(), 2);
    step(job, 2, ReplayState.RUNNING);
    assertThat(node.jobs.pause(SITE, job.id()).state()).isEqualTo(ReplayState.PAUSED);
    later(job, 2, ReplayState.PAUSED);
    assertThat(node.jobs.resume(SITE, job.id()).state()).isEqualTo(ReplayState.RUNNING);
    step(job, 4, ReplayState.RUNNING);
    ReplayJob cancelled = node.jobs.cancel(SITE, job.id());
    assertThat(cancelled.state()).isEqualTo(ReplayState.CANCELLED);
    later(job, 4, ReplayState.CANCELLED);
    assertThatThrownBy(() -> node.jobs.resume(SITE, job.id()))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("is cancelled already");
  }

  @Test
  void aReplayContinuesAfterARestart() {
    delivered(5);
    ReplayJob job = node.jobs.start(SITE, all(), 3);
    step(job, 3, ReplayState.RUNNING);
    Poll.until(() -> transport.requests().size() == 8);
    node.stop();
    node = new Node();
    node.worker.work();
    assertThat(job(job).progress().sent()).as("held by the one before").isEqualTo(3);
    clock.advance(Duration.ofMinutes(1));
    step(job, 5, ReplayState.DONE);
    Poll.until(() -> transport.requests().size() == 10);
  }

  @Test
  void twoNodesDoNotRunTheSameReplay() {
    delivered(6);
    ReplayJob job = node.jobs.start(SITE, all(), 2);
    Node other = new Node();
    try {
      node.worker.work();
      other.worker.work();
      assertThat(job(job).progress().sent()).isEqualTo(2);
      clock.advance(SECOND);
      other.worker.work();
      node.worker.work();
      assertThat(job(job).progress().sent()).isEqualTo(4);
    } finally {
      other.stop();
    }
  }

  @Test
  void replaysSkipUndeliverableEventsAndEndWithTheirSite() {
    EndpointId crm = delivered(3);
    ReplayJob job = node.jobs.start(SITE, all(), 2);
    node.webhooks.endpoints().remove(SITE, crm);
    node.worker.work();
    assertThat(job(job).progress().skipped()).isEqualTo(2);
    SiteId shop = node.webhooks.sites().create(new SiteId("shop")).id();
    ReplayJob unused = node.jobs.start(shop, all(), 1);
    ReplayJob unusedToo = node.jobs.pause(shop, node.jobs.start(shop, all(), 1).id());
    node.webhooks.sites().remove(shop);
    node.worker.work();
    assertThat(new ReplayJobs(store.replays()).all())
        .filteredOn(one -> one.site().equals(shop))
        .hasSize(2)
        .allSatisfy(one -> assertThat(one.progress().note()).contains("site was removed"));
  }

  @Test
  void aTimeWindowLimitsAReplay() {
    delivered(2);
    Instant later = clock.instant().plusSeconds(60);
    assertThat(node.jobs.preview(SITE, window(later, DeliveryState.DELIVERED)).count()).isZero();
    ReplayWindow exhausted = window(Instant.EPOCH, DeliveryState.EXHAUSTED);
    assertThat(node.jobs.preview(SITE, exhausted).count()).isZero();
    step(node.jobs.start(SITE, exhausted, 1), 0, ReplayState.DONE);
  }

  @Test
  void aStoreFailurePostponesDeliveriesInsteadOfSkippingThem() {
    delivered(3);
    ReplayJob job = node.jobs.start(SITE, all(), 5);
    faulty.fail(1);
    assertThatThrownBy(node.worker::work).hasCauseInstanceOf(OverloadedException.class);
    Poll.until(
        () -> {
          clock.advance(SECOND);
          try {
            node.worker.work();
          } catch (CompletionException e) {
            return false;
          }
          return job(job).state() == ReplayState.DONE;
        });
    assertThat(job(job).progress().skipped()).isZero();
    Poll.until(() -> transport.requests().size() >= 6);
  }

  @Test
  void aReplayThatFailsHoldsUpNoOther() {
    faulty = new Faulty("delivery", () -> new StoreException("injected"));
    node.stop();
    node = new Node();
    delivered(3);
    ReplayJob older = node.jobs.start(SITE, all(), 5);
    clock.advance(SECOND);
    ReplayJob newer = node.jobs.start(SITE, all(), 5);
    faulty.fail(1);
    assertThatThrownBy(node.worker::work).hasMessage("injected");
    assertThat(job(older).state()).isEqualTo(ReplayState.DONE);
    node.worker.work();
    assertThat(job(newer).state()).as("left alone for a while").isEqualTo(ReplayState.RUNNING);
    clock.advance(SECOND.multipliedBy(10));
    node.worker.work();
    assertThat(job(newer).state()).isEqualTo(ReplayState.DONE);
  }

  @Test
  void aReplayOfFailedDeliveriesOmitsDeliveredOnes() {
    delivered(3);
    transport.responding(CRM, 500);
    node.webhooks.settings().update(SITE, s -> s.retry(r -> r.maxRetries(0)));
    node.webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    Poll.until(
        () -> node.jobs.preview(SITE, all()).byStatus().containsKey(DeliveryState.EXHAUSTED));
    assertThat(node.jobs.preview(SITE, all()).byStatus())
        .isEqualTo(Map.of(DeliveryState.DELIVERED, 3L, DeliveryState.EXHAUSTED, 1L));
    var failed = ReplayWindow.since(Instant.EPOCH);
    clock.advance(SECOND);
    assertThat(node.jobs.preview(SITE, failed).byStatus())
        .isEqualTo(Map.of(DeliveryState.EXHAUSTED, 1L));
    assertThat(node.webhooks.replays().countByStatus(SITE, failed))
        .isEqualTo(Map.of(DeliveryState.EXHAUSTED, 1));
    transport.responding(CRM, 200);
    step(node.jobs.start(SITE, failed, 100), 1, ReplayState.DONE);
  }

  @Test
  void aReplayOfPendingDeliveriesRetriesThemNow() {
    transport.responding(CRM, 500);
    node.webhooks.endpoints().create(SITE, EndpointSpec.to(CRM).types("*"));
    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofMillis(1));
      node.webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    }
    Poll.until(() -> transport.requests().size() == 3 && pending().size() == 3);
    transport.responding(CRM, 200);
    ReplayWindow window =
        ReplayWindow.since(Instant.EPOCH)
            .until(clock.instant().plusMillis(1))
            .statuses(ReplayWindow.PENDING);
    assertThat(node.jobs.preview(SITE, window).byStatus())
        .isEqualTo(Map.of(DeliveryState.PENDING, 3L));
    ReplayJob job = node.jobs.start(SITE, window, 2);
    step(job, 2, ReplayState.RUNNING);
    Poll.until(() -> settled() == 2);
    Delivery left = pending().get(0);
    node.webhooks.deliveries().cancel(SITE, left.id()).join();
    later(job, 2, ReplayState.DONE);
    assertThat(transport.requests()).hasSize(5);
    assertThat(node.webhooks.deliveries().get(SITE, left.id()).state())
        .isEqualTo(DeliveryState.CANCELLED);
  }

  private List<Delivery> pending() {
    DeliveryQuery query = DeliveryQuery.ofSite(SITE).state(DeliveryState.PENDING);
    return node.webhooks.deliveries().list(query).data().stream()
        .filter(delivery -> delivery.attempts() == 1)
        .toList();
  }

  @Test
  void aReplayKeepsTheOrderOfAKey() {
    EndpointSpec ordered = EndpointSpec.to(CRM).types("*").order(DeliveryOrder.BY_KEY);
    node.webhooks.endpoints().create(SITE, ordered);
    for (int i = 0; i < 6; i++) {
      clock.advance(Duration.ofMillis(1));
      NewEvent event = NewEvent.of("license_created", "{\"n\":" + i + "}").orderingKey("a");
      node.webhooks.publish(SITE, event).join();
    }
    Poll.until(() -> settled() == 6);
    List<Payload> bodies = bodies();

    assertThat(node.jobs.run(SITE, all())).isEqualTo(6);
    Poll.until(() -> transport.requests().size() == 12);
    assertThat(bodies().subList(6, 12)).isEqualTo(bodies);
    Poll.until(() -> settled() == 6);
    ReplayJob job = node.jobs.start(SITE, all(), 4);
    step(job, 4, ReplayState.RUNNING);
    later(job, 6, ReplayState.DONE);
    Poll.until(() -> transport.requests().size() == 18);
    assertThat(bodies().subList(12, 18)).isEqualTo(bodies);
  }

  private List<Payload> bodies() {
    return transport.requests().stream().map(SignedRequest::body).toList();
  }

  @Test
  void invalidReplaysAreRefused() {
    assertThatThrownBy(() -> node.jobs.start(SITE, all(), 0))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("rate");
    assertThatThrownBy(() -> node.jobs.get(SITE, new ReplayId(new UUID(1, 2))))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> node.jobs.list(new SiteId("none")))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void theLatestFinishedReplaysAreKept() {
    for (int i = 0; i < 55; i++) {
      clock.advance(Duration.ofMillis(1));
      ReplayJob job = node.jobs.start(SITE, all(), 1);
      node.jobs.cancel(SITE, job.id());
    }
    assertThat(node.jobs.list(SITE)).hasSize(50);
  }

  private EndpointId delivered(int count) {
    EndpointId crm =
        node.webhooks.endpoints().create(SITE, EndpointSpec.to(CRM).types("*")).endpoint().id();
    List<NewEvent> events = Collections.nCopies(count, NewEvent.of("license_created", "{}"));
    var unused = node.webhooks.publishAll(SITE, events).join();
    Poll.until(() -> settled() == count);
    return crm;
  }

  private long settled() {
    DeliveryQuery query = DeliveryQuery.ofSite(SITE).state(DeliveryState.DELIVERED).limit(500);
    return node.webhooks.deliveries().list(query).data().size();
  }

  private void later(ReplayJob job, long sent, ReplayState state) {
    clock.advance(SECOND);
    step(job, sent, state);
  }

  private void step(ReplayJob job, long sent, ReplayState state) {
    node.worker.work();
    assertThat(job(job).progress().sent()).isEqualTo(sent);
    assertThat(job(job).state()).isEqualTo(state);
  }

  private ReplayJob job(ReplayJob job) {
    return node.jobs.get(SITE, job.id());
  }

  private List<ReplayState> states() {
    return listener.replays().stream().map(ReplayJob::state).toList();
  }

  private ReplayWindow all() {
    // The clock stands still, and what came to be now is meant, too.
    return ReplayWindow.since(Instant.EPOCH)
        .until(clock.instant().plusMillis(1))
        .statuses(ReplayWindow.ENDED);
  }

  private static ReplayWindow window(Instant since, DeliveryState state) {
    return ReplayWindow.since(since)
        .until(Instant.parse("2100-01-01T00:00:00Z"))
        .statuses(Set.of(state));
  }
}
