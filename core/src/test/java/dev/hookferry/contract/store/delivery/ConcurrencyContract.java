package dev.hookferry.contract.store.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.contract.support.Threads;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.HandBack;
import dev.hookferry.store.commit.PublishEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of concurrent use by several threads. */
@Promise(
    by = DeliveryStore.class,
    value = "Implementations are thread-safe; all methods may block.")
public interface ConcurrencyContract extends StoreFixture {
  /** The number of concurrent threads. */
  int THREADS = 4;

  @Promise(by = DeliveryStore.class, value = "Concurrent claims never return the same delivery.")
  @Test
  default void concurrentThreadsClaimEachDeliveryOnce(StoreHarness harness) throws Exception {
    DeliveryStore store = harness.store().deliveries();
    List<EndpointId> endpoints =
        IntStream.range(0, 3).mapToObj(i -> harness.samples.endpoint()).toList();
    int perThread = 60;
    Queue<Delivery> published = new ConcurrentLinkedQueue<>();
    Queue<Delivery> claimed = new ConcurrentLinkedQueue<>();

    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Samples samples = new Samples(i);
      Owner owner = harness.register();
      tasks.add(
          () -> {
            for (int n = 0; n < perThread; n++) {
              Event event = samples.event();
              Delivery delivery = samples.delivery(event, samples.oneOf(endpoints));
              store.commit(owner, Batch.of(StoreHarness.free(event, delivery)));
              published.add(delivery);
            }
            return null;
          });
      Owner claimer = harness.register();
      tasks.add(
          () -> {
            while (claimed.size() < perThread * THREADS
                && !Thread.currentThread().isInterrupted()) {
              claimed.addAll(claimSome(store, claimer, endpoints));
            }
            return null;
          });
    }
    Threads.atOnce(tasks);

    assertThat(published).hasSize(perThread * THREADS);
    assertThat(claimed).containsExactlyInAnyOrderElementsOf(published);
  }

  private static List<Delivery> claimSome(
      DeliveryStore store, Owner owner, List<EndpointId> endpoints) {
    Map<EndpointId, Integer> room =
        Map.of(endpoints.get(0), 5, endpoints.get(1), 5, endpoints.get(2), 5);
    ClaimRequest claim = new ClaimRequest(room, 10, Long.MAX_VALUE, StoreHarness.FAR_AHEAD);
    return StoreHarness.deliveries(store.claim(owner, claim));
  }

  @Promise(by = Command.class, value = "about deliveries that no living owner owns")
  @Test
  default void aDeliveryIsEitherClaimedOrCancelled(StoreHarness harness) throws Exception {
    DeliveryStore store = harness.store().deliveries();
    List<EndpointId> endpoints =
        IntStream.range(0, 3).mapToObj(i -> harness.samples.endpoint()).toList();
    List<DeliveryId> waiting =
        IntStream.range(0, 150).mapToObj(i -> harness.queued(endpoints.get(i % 3)).id()).toList();
    Queue<DeliveryId> taken = new ConcurrentLinkedQueue<>();

    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS / 2; i++) {
      Owner claimer = harness.register();
      tasks.add(
          () -> {
            List<Delivery> claimed = claimSome(store, claimer, endpoints);
            while (!claimed.isEmpty()) {
              claimed.forEach(delivery -> taken.add(delivery.id()));
              claimed = claimSome(store, claimer, endpoints);
            }
            return null;
          });
      tasks.add(
          () -> {
            for (DeliveryId id : waiting) {
              Command cancel = new Command.Cancel(Samples.SITE, id, Samples.START);
              CommitResult result = store.commit(harness.owner(), Batch.of(cancel));
              if (result.replies().get(0).kind() == Command.Kind.DONE) {
                taken.add(id);
              }
            }
            return null;
          });
    }
    Threads.atOnce(tasks);

    assertThat(taken).containsExactlyInAnyOrderElementsOf(waiting);
  }

  @Test
  default void storesOneEventWhenThreadsPublishTheSameKey(StoreHarness harness) throws Exception {
    EndpointId endpoint = harness.samples.endpoint();
    for (int round = 0; round < 20; round++) {
      String key = "round-" + round;
      Queue<Receipt> receipts = new ConcurrentLinkedQueue<>();
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Event event = harness.samples.repeatable(null, key, "{}");
        Batch batch = Batch.of(StoreHarness.free(event, harness.samples.delivery(event, endpoint)));
        tasks.add(
            () -> {
              CommitResult committed = harness.store().deliveries().commit(harness.owner(), batch);
              receipts.addAll(((CommitResult.Stored) committed.publications().get(0)).receipts());
              return null;
            });
      }
      Threads.atOnce(tasks);

      Set<EventId> ids = new HashSet<>();
      receipts.forEach(receipt -> ids.add(receipt.id()));
      assertThat(ids).hasSize(1);
      assertThat(receipts).hasSize(THREADS);
      assertThat(receipts).filteredOn(receipt -> !receipt.repeated()).hasSize(1);
      assertThat(harness.claimAll(endpoint)).hasSize(1);
    }
  }

  @Promise(
      by = DeliveryStore.class,
      value = "the whole publication is refused as CommitResult.Conflicting")
  @Test
  default void storesOneOfTwoContentsThatThreadsPublishAtOnce(StoreHarness harness)
      throws Exception {
    DeliveryStore store = harness.store().deliveries();
    assertOneOfTwoContentsIsStored(harness, List.of(store, store));
  }

  /**
   * Publishes pairs of events at once, each through its own store: by turns with the same id at the
   * same instant, and with the same key; half of them for no endpoint, so that nothing but their
   * content tells them apart.
   */
  static void assertOneOfTwoContentsIsStored(StoreHarness harness, List<DeliveryStore> stores)
      throws Exception {
    List<Owner> owners = stores.stream().map(store -> store.register(new Node("test"))).toList();
    EndpointId endpoint = harness.samples.endpoint();
    for (int round = 0; round < 40; round++) {
      List<Event> pair = round % 2 == 0 ? sameId(harness, round) : sameKey(harness, round);
      List<Delivery> deliveries = new ArrayList<>();
      List<Callable<Void>> tasks = new ArrayList<>();
      CommitResult.Published[] published = new CommitResult.Published[2];
      for (int i = 0; i < 2; i++) {
        int mine = i;
        Event event = pair.get(i);
        deliveries.add(harness.samples.delivery(event, endpoint));
        PublishEntry entry =
            round % 4 < 2 ? StoreHarness.free(event) : StoreHarness.free(event, deliveries.get(i));
        tasks.add(
            () -> {
              CommitResult result = stores.get(mine).commit(owners.get(mine), Batch.of(entry));
              published[mine] = result.publications().get(0);
              return null;
            });
      }
      Threads.atOnce(tasks);

      int first = published[0] instanceof CommitResult.Stored ? 0 : 1;
      EventId stored = pair.get(first).id();
      int count = round % 4 < 2 ? 0 : 1;
      assertThat(published[first])
          .isEqualTo(new CommitResult.Stored(List.of(new Receipt(stored, count, false))));
      assertThat(published[1 - first]).isEqualTo(new CommitResult.Conflicting(0, stored));
      assertThat(harness.store().log().event(Samples.SITE, stored)).contains(pair.get(first));
      assertThat(harness.claimAll(endpoint))
          .isEqualTo(count == 0 ? List.of() : List.of(deliveries.get(first)));
    }
  }

  private static List<Event> sameId(StoreHarness harness, int round) {
    Event event = harness.samples.repeatable("id-" + round, null, "{}");
    return List.of(event, Samples.withOtherContent(event));
  }

  private static List<Event> sameKey(StoreHarness harness, int round) {
    String key = "key-" + round;
    return List.of(
        harness.samples.repeatable(null, key, "{}"),
        harness.samples.repeatable(null, key, "{\"changed\":true}"));
  }

  @Test
  default void recordsResultsFromConcurrentThreads(StoreHarness harness) throws Exception {
    DeliveryStore store = harness.store().deliveries();
    EndpointId endpoint = harness.samples.endpoint();
    List<Delivery> mine = IntStream.range(0, 80).mapToObj(i -> harness.owned(endpoint)).toList();
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Samples samples = new Samples(i);
      List<Delivery> part = mine.subList(i * 20, i * 20 + 20);
      tasks.add(
          () -> {
            for (Delivery delivery : part.subList(0, 10)) {
              AttemptResult done =
                  new AttemptResult(
                      delivery.delivered(samples.now()),
                      samples.attempt(delivery, samples.success()));
              assertThat(store.commit(harness.owner(), Batch.of(done)).refused()).isEmpty();
            }
            for (Delivery delivery : part.subList(10, 20)) {
              HandBack back = new HandBack(delivery.site(), delivery.id());
              assertThat(store.commit(harness.owner(), Batch.of(back)).refused()).isEmpty();
            }
            return null;
          });
    }
    Threads.atOnce(tasks);

    ClaimResult claimed = store.claim(harness.owner(), StoreHarness.everything(endpoint));
    assertThat(claimed.work()).hasSize(40);
    assertThat(mine).filteredOn(delivery -> harness.shown(delivery).state().isFinal()).hasSize(40);
  }

  @Test
  default void losesNothingWhenAnOwnerRetiresDuringItsWork(StoreHarness harness) throws Exception {
    DeliveryStore store = harness.store().deliveries();
    EndpointId endpoint = harness.samples.endpoint();
    int count = 0;
    for (int round = 0; round < 15; round++) {
      Owner ending = harness.register();
      List<Batch> batches = new ArrayList<>();
      for (int i = 0; i < 10; i++, count++) {
        Event event = harness.samples.event();
        Delivery delivery = harness.samples.delivery(event, endpoint);
        batches.add(
            Batch.of(
                PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, i % 2 == 0)))));
      }
      Threads.atOnce(
          List.of(
              () -> {
                batches.forEach(batch -> store.commit(ending, batch));
                return null;
              },
              () -> {
                batches.forEach(batch -> claimOne(store, ending, endpoint));
                return null;
              },
              () -> {
                store.retire(ending);
                return null;
              }));
    }

    assertThat(harness.claimAll(endpoint)).hasSize(count).doesNotHaveDuplicates();
  }

  private static void claimOne(DeliveryStore store, Owner owner, EndpointId endpoint) {
    store.claim(
        owner, new ClaimRequest(Map.of(endpoint, 1), 1, Long.MAX_VALUE, StoreHarness.FAR_AHEAD));
  }
}
