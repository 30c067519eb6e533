package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything at once on a real disk: publishing, sending, querying, purging, maintenance. */
class BusyStoreTest {
  private static final int EVENTS = 1_000;

  @TempDir Path directory;

  private final EndpointId endpoint = new Samples(0).endpoint();
  private final Set<DeliveryId> sent = ConcurrentHashMap.newKeySet();
  private final AtomicInteger publishing = new AtomicInteger(2);

  @Test
  void sendsEverythingOnceWhileItPurgesAndIsLookedAt() throws Exception {
    FileStore store = open();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Void>> all = new ArrayList<>();
      List<Callable<Void>> tasks =
          List.of(
              () -> publish(store, 1),
              () -> publish(store, 2),
              () -> send(store, 3),
              () -> send(store, 4),
              () -> look(store),
              () -> purge(store));
      tasks.forEach(task -> all.add(threads.submit(task)));
      for (Future<Void> one : all) {
        one.get(10, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(sent).hasSize(2 * EVENTS);
    assertThat(store.deliveries().backlog(all -> true).pending()).isZero();
    store.close();
    FileStore again = open();
    assertThat(again.deliveries().backlog(all -> true).pending()).isZero();
    again.close();
  }

  private FileStore open() {
    return FileStore.open(
        directory, Stores.TINY, InstantSource.fixed(Samples.START.plus(Duration.ofDays(1))));
  }

  private Void publish(FileStore store, long seed) {
    Samples samples = new Samples(seed);
    Owner owner = store.deliveries().register(new Node("publisher"));
    for (int i = 0; i < EVENTS; i += 20) {
      List<PublishEntry> some = new ArrayList<>();
      for (int j = 0; j < 20; j++) {
        Event event = samples.event();
        Delivery delivery = samples.delivery(event, endpoint);
        some.add(PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, false))));
      }
      store.deliveries().commit(owner, Batch.of(some.toArray(PublishEntry[]::new)));
    }
    publishing.decrementAndGet();
    return null;
  }

  private Void send(FileStore store, long seed) {
    Samples samples = new Samples(seed);
    Owner owner = store.deliveries().register(new Node("sender"));
    ClaimRequest claim =
        new ClaimRequest(Map.of(endpoint, 30), 30, Long.MAX_VALUE, Samples.START.plusSeconds(3600));
    while (isBusy(store)) {
      ClaimResult claimed = store.deliveries().claim(owner, claim);
      List<AttemptResult> results = new ArrayList<>();
      for (ClaimResult.Work work : claimed.work()) {
        assertThat(work.delivery().event()).isEqualTo(work.event().id());
        assertThat(sent.add(work.delivery().id())).isTrue();
        results.add(
            new AttemptResult(
                work.delivery().delivered(samples.now()),
                samples.attempt(work.delivery(), samples.success())));
      }
      Batch batch = new Batch(List.of(), results, List.of(), List.of());
      assertThat(store.deliveries().commit(owner, batch).refused()).isEmpty();
    }
    return null;
  }

  private boolean isBusy(FileStore store) {
    return publishing.get() > 0 || store.deliveries().backlog(all -> true).pending() > 0;
  }

  private Void look(FileStore store) {
    while (isBusy(store)) {
      store
          .log()
          .deliveries(DeliveryQuery.ofSite(Samples.SITE))
          .data()
          .forEach(d -> assertThat(d.endpoint()).isEqualTo(endpoint));
      store
          .log()
          .attempts(AttemptQuery.ofSite(Samples.SITE))
          .data()
          .forEach(a -> assertThat(a.number()).isEqualTo(1));
      assertThat(
              store
                  .log()
                  .deliveries(DeliveryQuery.ofSite(Samples.SITE).state(DeliveryState.EXHAUSTED))
                  .data())
          .isEmpty();
    }
    return null;
  }

  private Void purge(FileStore store) {
    while (isBusy(store)) {
      store.log().purge(Samples.START.plus(Duration.ofMinutes(1)));
    }
    return null;
  }
}
