package dev.hookferry.contract.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.hookferry.contract.store.config.ReadYourWritesContract;
import dev.hookferry.contract.store.config.SealedNodesContract;
import dev.hookferry.contract.store.delivery.ConcurrencyContract;
import dev.hookferry.contract.store.delivery.SuspicionContract;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.ConfigSamples;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.contract.support.Threads;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EndpointId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.FailureDetector;
import dev.hookferry.store.Heartbeat;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.Store;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.HandBack;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of a store that several processes share; tests open it once per process. */
@Promise(by = Store.class, value = "Returns whether several processes can share the store.")
public interface SharedStoreContract extends SealedNodesContract, ReadYourWritesContract {
  /** The owner timeout in the tests of eviction. */
  Duration OWNER_TIMEOUT = Duration.ofMillis(600);

  /**
   * Opens the store with another owner timeout. Called once in a test; the data need not be that of
   * {@link #open()}.
   */
  Store open(Duration ownerTimeout);

  @Test
  default void reportsThatItIsShared(StoreHarness harness) {
    assertThat(harness.store().isShared()).isTrue();
  }

  @Promise(by = FailureDetector.class, value = "zero, negative or longer than 36,500 days")
  @Test
  default void refusesAnOwnerTimeoutThatCannotWork() {
    Duration tooLong = Duration.ofDays(36_501);
    for (Duration bad : List.of(Duration.ZERO, Duration.ofNanos(-1), tooLong)) {
      assertThatThrownBy(() -> open(bad))
          .isInstanceOf(InvalidException.class)
          .hasMessageStartingWith("ownerTimeout: must be longer than zero");
    }
  }

  @Promise(
      by = AttemptLog.class,
      value = "A query sees every commit that returned before it began.")
  @Test
  default void eachProcessSeesCommitsOfTheOther(StoreHarness harness) {
    Store other = harness.tracked(open());
    Event event = harness.samples.repeatable("a", "k", "{}");
    Delivery delivery = harness.samples.delivery(event);
    harness.publish(event, delivery);
    Owner there = other.deliveries().register(new Node("other"));

    assertThat(other.log().event(Samples.SITE, event.id())).contains(event);
    assertThat(other.log().delivery(Samples.SITE, delivery.id())).contains(delivery);
    assertThat(
            other
                .deliveries()
                .commit(
                    there, Batch.of(StoreHarness.free(harness.samples.repeatable("a", "k", "{}"))))
                .publications())
        .isEqualTo(List.of(new CommitResult.Stored(List.of(new Receipt(event.id(), 1, true)))));
    assertThat(
            StoreHarness.deliveries(
                other.deliveries().claim(there, StoreHarness.everything(delivery.endpoint()))))
        .containsExactly(delivery);
    assertThat(harness.claimAll(delivery.endpoint())).isEmpty();
  }

  @Promise(
      by = ConfigStore.class,
      value = "a cheap query by which a node detects the changes of others")
  @Test
  default void eachProcessSeesConfigurationChangesOfTheOther(StoreHarness harness) {
    Store other = harness.tracked(open());
    ConfigSamples samples = new ConfigSamples(harness.samples);
    List<ConfigChange> change = List.of(new ConfigChange.PutSite(samples.fullSite("a")));

    assertThat(harness.store().config().save(change, 0)).contains(1L);

    assertThat(other.config().version()).isEqualTo(1);
    assertThat(other.config().load()).isEqualTo(harness.store().config().load());
    assertThat(other.config().save(change, 0)).isEmpty();
    assertThat(other.config().save(change, 1)).contains(2L);
    assertThat(harness.store().config().version()).isEqualTo(2);
  }

  @Promise(
      by = DeliveryStore.class,
      value = "evicts owners that have been silent too long, and frees their deliveries")
  @Test
  default void evictsASilentOwner(StoreHarness harness) {
    harness.use(open(OWNER_TIMEOUT));
    EndpointId endpoint = harness.samples.endpoint();
    Delivery published = harness.owned(endpoint);
    Delivery claimed = harness.queued(endpoint);
    harness.claimAll(endpoint);

    Owner heir = heirOf(harness, 2);

    assertThat(harness.claimAll(endpoint)).as("claimed by the dead").isEmpty();
    assertThat(harness.claimAll(heir, endpoint)).containsExactly(published, claimed);
    assertThat(harness.store().deliveries().heartbeat(harness.owner()).alive()).isFalse();
  }

  @Promise(
      by = DeliveryStore.class,
      value = "the store records CrashSuspicion.afterDeath for each of its deliveries")
  @Test
  default void marksDeliveriesOfADeadOwnerAsSuspects(StoreHarness harness) {
    harness.use(open(OWNER_TIMEOUT));
    EndpointId endpoint = harness.samples.endpoint();
    harness.owned(endpoint);
    harness.queued(endpoint);

    Owner heir = heirOf(harness, 1);

    assertThat(SuspicionContract.held(harness, heir, endpoint))
        .containsExactlyInAnyOrder(CrashSuspicion.ONE_CRASH, CrashSuspicion.NONE);
  }

  /** Waits until the harness's owner was evicted and this many of its deliveries were set free. */
  default Owner heirOf(StoreHarness harness, int deliveries) {
    Owner heir = harness.register();
    int recovered = 0;
    long start = System.nanoTime();
    while (recovered < deliveries) {
      letTimePass(OWNER_TIMEOUT.dividedBy(3));
      Heartbeat heartbeat = harness.store().deliveries().heartbeat(heir);
      recovered += heartbeat.recovered();
      // This machine may have paused for longer than an owner may be silent.
      heir = heartbeat.alive() ? heir : harness.register();
      if (System.nanoTime() - start > Duration.ofMinutes(5).toNanos()) {
        fail("of " + deliveries + " deliveries only " + recovered + " were recovered");
      }
    }
    assertThat(recovered).isEqualTo(deliveries);
    return heir;
  }

  @Promise(
      by = DeliveryStore.class,
      value =
          "A result or hand-back is written only if the owner owns the delivery at this moment.")
  @Test
  default void fencesOffWritesOfAnEvictedOwner(StoreHarness harness) {
    harness.use(open(OWNER_TIMEOUT));
    EndpointId endpoint = harness.samples.endpoint();
    Delivery sent = harness.owned(endpoint);
    Delivery kept = harness.owned(endpoint);
    AttemptResult result = success(harness, sent);
    Event event = harness.samples.event();
    Delivery fresh = harness.samples.delivery(event, endpoint);

    Owner heir = heirOf(harness, 2);
    CommitResult late =
        harness.commit(
            new Batch(
                List.of(PublishEntry.of(event, List.of(new PublishEntry.Queued(fresh, true)))),
                List.of(result),
                List.of(new HandBack(Samples.SITE, kept.id())),
                List.of()));

    assertThat(late.refused()).containsExactlyInAnyOrder(sent.id(), kept.id());
    assertThat(late.publications()).hasOnlyElementsOfType(CommitResult.Stored.class);
    assertThat(harness.shown(sent)).isEqualTo(sent);
    assertThat(harness.claimAll(heir, endpoint)).containsExactly(sent, kept, fresh);
    assertThat(harness.commit(Batch.of(result)).refused()).containsExactly(sent.id());
    assertThat(harness.store().deliveries().commit(heir, Batch.of(result)).refused()).isEmpty();
  }

  private static AttemptResult success(StoreHarness harness, Delivery delivery) {
    return new AttemptResult(
        delivery.delivered(harness.samples.now()),
        harness.samples.attempt(delivery, harness.samples.success()));
  }

  @Promise(by = Command.class, value = "about deliveries that no living owner owns")
  @Test
  default void usersCanCommandDeliveriesOfADeadOwner(StoreHarness harness) {
    harness.use(open(OWNER_TIMEOUT));
    EndpointId endpoint = harness.samples.endpoint();
    Delivery retried = harness.owned(endpoint);
    Delivery cancelled = harness.owned(endpoint);
    Delivery abandoned = harness.owned(endpoint);

    heirOf(harness, 3);

    assertThat(
            harness
                .commit(
                    Batch.of(
                        new Command.Retry(Samples.SITE, retried.id(), harness.samples.now()),
                        new Command.Cancel(Samples.SITE, cancelled.id(), harness.samples.now()),
                        new Command.Cancel(Samples.SITE, retried.id(), harness.samples.now()),
                        new Command.Abandon(Samples.SITE, endpoint, harness.samples.now(), 9)))
                .replies())
        .containsOnly(new Command.Reply(Command.Kind.DONE, 1));
    assertThat(harness.shown(abandoned).state().isFinal()).isTrue();
  }

  @Promise(
      by = DeliveryStore.class,
      value = "until it has sent no heartbeat for the owner timeout of the store")
  @Test
  default void keepsAnOwnerThatSendsHeartbeats(StoreHarness harness) {
    harness.use(open(OWNER_TIMEOUT));
    EndpointId endpoint;
    Owner mine;
    Owner other;
    Delivery delivery;
    List<Delivery> claimed;
    // If this machine pauses, an owner may be evicted rightly: then another one has its turn.
    long start = System.nanoTime();
    long longest;
    do {
      long begun = System.nanoTime();
      assertThat(Duration.ofNanos(begun - start))
          .as("time without a turn in which this machine did not pause")
          .isLessThan(Duration.ofMinutes(5));
      mine = harness.register();
      other = harness.register();
      // A new one each time: what an owner of an earlier turn had becomes free in this one.
      endpoint = harness.samples.endpoint();
      delivery = harness.queued(endpoint);
      assertThat(harness.claimAll(mine, endpoint)).contains(delivery);
      longest = sendHeartbeats(harness, begun, mine, other);
      long sent = System.nanoTime();
      claimed = harness.claimAll(other, endpoint);
      longest = Math.max(longest, System.nanoTime() - sent);
      // A heartbeat at the beginning of one round is judged at the end of the next.
    } while (longest > OWNER_TIMEOUT.toNanos() / 3);

    assertThat(claimed).isEmpty();
    Batch result = Batch.of(success(harness, delivery));
    assertThat(harness.store().deliveries().commit(mine, result).refused()).isEmpty();
  }

  /**
   * Sends heartbeats for longer than the owner timeout.
   *
   * @param begun when the owners were registered, in nanoseconds
   * @return the longest time from then, or from one round of heartbeats, to the next
   */
  private long sendHeartbeats(StoreHarness harness, long begun, Owner... owners) {
    Duration step = OWNER_TIMEOUT.dividedBy(10);
    long longest = 0;
    long before = begun;
    for (int beats = 0; beats < 30 || before - begun < OWNER_TIMEOUT.toNanos(); beats++) {
      letTimePass(step);
      for (Owner owner : owners) {
        harness.store().deliveries().heartbeat(owner);
      }
      long now = System.nanoTime();
      longest = Math.max(longest, now - before);
      before = now;
    }
    return longest;
  }

  @Promise(
      by = DeliveryStore.class,
      value =
          "Hands back everything that the owner still owns, and ends the owner. " + "Idempotent.")
  @Test
  default void otherProcessesClaimDeliveriesOfARetiredOwner(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery delivery = harness.owned(endpoint);
    final Owner retired = harness.owner();
    Store first = harness.store();
    harness.use(open());
    assertThat(harness.claimAll(endpoint)).isEmpty();

    first.deliveries().retire(retired);
    first.close();

    assertThat(harness.claimAll(endpoint)).containsExactly(delivery);
  }

  @Promise(by = DeliveryStore.class, value = "Concurrent claims never return the same delivery.")
  @Test
  default void concurrentProcessesClaimEachDeliveryOnce(StoreHarness harness) throws Exception {
    List<EndpointId> endpoints = Stream.generate(harness.samples::endpoint).limit(2).toList();
    int count = 200;
    for (int i = 0; i < count; i++) {
      harness.queued(endpoints.get(i % 2));
    }
    Queue<Delivery> delivered = new ConcurrentLinkedQueue<>();
    List<Callable<Void>> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      DeliveryStore store = harness.tracked(open()).deliveries();
      Samples samples = new Samples(i);
      processes.add(
          () -> {
            Owner owner = store.register(new Node("test"));
            while (delivered.size() < count && !Thread.currentThread().isInterrupted()) {
              ClaimRequest claim =
                  new ClaimRequest(
                      Map.of(endpoints.get(0), 3, endpoints.get(1), 3),
                      5,
                      Long.MAX_VALUE,
                      StoreHarness.FAR_AHEAD);
              for (Delivery delivery : StoreHarness.deliveries(store.claim(owner, claim))) {
                AttemptResult done =
                    new AttemptResult(
                        delivery.delivered(samples.now()),
                        samples.attempt(delivery, samples.success()));
                assertThat(store.commit(owner, Batch.of(done)).refused()).isEmpty();
                delivered.add(delivery);
              }
            }
            return null;
          });
    }
    Threads.atOnce(processes);

    assertThat(delivered).hasSize(count).doesNotHaveDuplicates();
  }

  @Promise(
      by = DeliveryStore.class,
      value = "it gets the first receipt and its deliveries are not stored")
  @Test
  default void storesOneEventWhenProcessesPublishTheSameKey(StoreHarness harness) throws Exception {
    EndpointId endpoint = harness.samples.endpoint();
    List<DeliveryStore> stores =
        Stream.generate(() -> harness.tracked(open()).deliveries()).limit(3).toList();
    for (int round = 0; round < 10; round++) {
      Queue<Receipt> receipts = new ConcurrentLinkedQueue<>();
      List<Callable<Void>> tasks = new ArrayList<>();
      for (DeliveryStore store : stores) {
        Event event = harness.samples.repeatable("id-" + round, null, "{}");
        Batch batch = Batch.of(StoreHarness.free(event, harness.samples.delivery(event, endpoint)));
        Owner owner = store.register(new Node("test"));
        tasks.add(
            () -> {
              CommitResult committed = store.commit(owner, batch);
              receipts.addAll(((CommitResult.Stored) committed.publications().get(0)).receipts());
              return null;
            });
      }
      Threads.atOnce(tasks);

      assertThat(receipts)
          .extracting(Receipt::repeated)
          .containsExactlyInAnyOrder(false, true, true);
      assertThat(harness.claimAll(endpoint)).hasSize(1);
    }
  }

  @Promise(
      by = DeliveryStore.class,
      value = "the whole publication is refused as CommitResult.Conflicting")
  @Test
  default void storesOneOfTwoContentsThatProcessesPublishAtOnce(StoreHarness harness)
      throws Exception {
    ConcurrencyContract.assertOneOfTwoContentsIsStored(
        harness, List.of(harness.store().deliveries(), harness.tracked(open()).deliveries()));
  }
}
