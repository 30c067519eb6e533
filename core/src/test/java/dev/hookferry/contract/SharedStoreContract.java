package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Heartbeat;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.Store;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.commit.Release;
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

/** How a store serves several processes at once: each test opens it once for each. */
@Promise(by = Store.class, value = "Returns whether several processes can share the store.")
public interface SharedStoreContract extends SealedNodesContract, ReadYourWritesContract {
  /** How long owners may be silent in the tests about that. */
  Duration OWNER_TIMEOUT = Duration.ofMillis(600);

  /**
   * Opens the store with another patience: owners are given up when they were silent for so long.
   * Called once in a test; the data need not be that of {@link #open()}.
   */
  Store open(Duration ownerTimeout);

  @Test
  default void saysThatItIsShared(Scene scene) {
    assertThat(scene.store().isShared()).isTrue();
  }

  @Promise(
      by = AttemptLog.class,
      value = "A query sees every commit that returned before it began.")
  @Test
  default void showsEachProcessWhatTheOtherCommitted(Scene scene) {
    Store other = scene.tracked(open());
    Event event = scene.samples.repeatable("a", "k", "{}");
    Delivery delivery = scene.samples.delivery(event);
    scene.publish(event, delivery);
    Owner there = other.deliveries().register(new Node("other"));

    assertThat(other.log().event(Samples.SITE, event.id())).contains(event);
    assertThat(other.log().delivery(Samples.SITE, delivery.id())).contains(delivery);
    assertThat(
            other
                .deliveries()
                .commit(there, Batch.of(Scene.free(scene.samples.repeatable("a", "k", "{}"))))
                .publications())
        .isEqualTo(List.of(new CommitResult.Stored(List.of(new Receipt(event.id(), 1, true)))));
    assertThat(
            Scene.deliveries(
                other.deliveries().claim(there, Scene.everything(delivery.endpoint()))))
        .containsExactly(delivery);
    assertThat(scene.claimAll(delivery.endpoint())).isEmpty();
  }

  @Promise(
      by = ConfigStore.class,
      value = "a cheap query by which a node detects the changes of others")
  @Test
  default void letsEachProcessSeeChangesOfTheConfiguration(Scene scene) {
    Store other = scene.tracked(open());
    ConfigSamples samples = new ConfigSamples(scene.samples);
    List<ConfigChange> change = List.of(new ConfigChange.PutSite(samples.fullSite("a")));

    assertThat(scene.store().config().save(change, 0)).contains(1L);

    assertThat(other.config().version()).isEqualTo(1);
    assertThat(other.config().load()).isEqualTo(scene.store().config().load());
    assertThat(other.config().save(change, 0)).isEmpty();
    assertThat(other.config().save(change, 1)).contains(2L);
    assertThat(scene.store().config().version()).isEqualTo(2);
  }

  @Promise(
      by = DeliveryStore.class,
      value = "evicts owners that have been silent too long, and releases their deliveries")
  @Test
  default void givesUpAnOwnerThatIsSilent(Scene scene) {
    scene.use(open(OWNER_TIMEOUT));
    EndpointId endpoint = scene.samples.endpoint();
    Delivery published = scene.owned(endpoint);
    Delivery claimed = scene.queued(endpoint);
    scene.claimAll(endpoint);

    Owner heir = heirOf(scene, 2);

    assertThat(scene.claimAll(endpoint)).as("claimed by the dead").isEmpty();
    assertThat(scene.claimAll(heir, endpoint)).containsExactly(published, claimed);
    assertThat(scene.store().deliveries().heartbeat(scene.owner()).alive()).isFalse();
  }

  @Promise(
      by = DeliveryStore.class,
      value = "the store records CrashSuspicion.afterDeath for each of its deliveries")
  @Test
  default void holdsTheDeathOfAnOwnerAgainstWhatItHad(Scene scene) {
    scene.use(open(OWNER_TIMEOUT));
    EndpointId endpoint = scene.samples.endpoint();
    scene.owned(endpoint);
    scene.queued(endpoint);

    Owner heir = heirOf(scene, 1);

    assertThat(SuspicionContract.held(scene, heir, endpoint))
        .containsExactlyInAnyOrder(CrashSuspicion.ONCE, CrashSuspicion.NONE);
  }

  /** Waits until the scene's owner was given up and this many of its deliveries were set free. */
  default Owner heirOf(Scene scene, int deliveries) {
    Owner heir = scene.register();
    int recovered = 0;
    long start = System.nanoTime();
    while (recovered < deliveries) {
      letTimePass(OWNER_TIMEOUT.dividedBy(3));
      Heartbeat heartbeat = scene.store().deliveries().heartbeat(heir);
      recovered += heartbeat.recovered();
      // This machine may have paused for longer than an owner may be silent.
      heir = heartbeat.alive() ? heir : scene.register();
      if (System.nanoTime() - start > Duration.ofSeconds(30).toNanos()) {
        fail("of " + deliveries + " deliveries only " + recovered + " were recovered");
      }
    }
    assertThat(recovered).isEqualTo(deliveries);
    return heir;
  }

  @Promise(
      by = DeliveryStore.class,
      value = "A result or release is written only if the owner owns the delivery at this moment.")
  @Test
  default void refusesWhatAnOwnerWritesAfterItWasGivenUp(Scene scene) {
    scene.use(open(OWNER_TIMEOUT));
    EndpointId endpoint = scene.samples.endpoint();
    Delivery sent = scene.owned(endpoint);
    Delivery kept = scene.owned(endpoint);
    AttemptResult result = success(scene, sent);
    Event event = scene.samples.event();
    Delivery fresh = scene.samples.delivery(event, endpoint);

    Owner heir = heirOf(scene, 2);
    CommitResult late =
        scene.commit(
            new Batch(
                List.of(PublishEntry.of(event, List.of(new PublishEntry.Queued(fresh, true)))),
                List.of(result),
                List.of(new Release(Samples.SITE, kept.id())),
                List.of()));

    assertThat(late.refused()).containsExactlyInAnyOrder(sent.id(), kept.id());
    assertThat(late.publications()).hasOnlyElementsOfType(CommitResult.Stored.class);
    assertThat(scene.shown(sent)).isEqualTo(sent);
    assertThat(scene.claimAll(heir, endpoint)).containsExactly(sent, kept, fresh);
    assertThat(scene.commit(Batch.of(result)).refused()).containsExactly(sent.id());
    assertThat(scene.store().deliveries().commit(heir, Batch.of(result)).refused()).isEmpty();
  }

  private static AttemptResult success(Scene scene, Delivery delivery) {
    return new AttemptResult(
        delivery.delivered(scene.samples.now()),
        scene.samples.attempt(delivery, scene.samples.success()));
  }

  @Promise(by = Command.class, value = "about deliveries that no living owner owns")
  @Test
  default void letsPeopleCommandWhatADeadOwnerHad(Scene scene) {
    scene.use(open(OWNER_TIMEOUT));
    EndpointId endpoint = scene.samples.endpoint();
    Delivery retried = scene.owned(endpoint);
    Delivery cancelled = scene.owned(endpoint);
    Delivery abandoned = scene.owned(endpoint);

    heirOf(scene, 3);

    assertThat(
            scene
                .commit(
                    Batch.of(
                        new Command.Retry(Samples.SITE, retried.id(), scene.samples.now()),
                        new Command.Cancel(Samples.SITE, cancelled.id(), scene.samples.now()),
                        new Command.Cancel(Samples.SITE, retried.id(), scene.samples.now()),
                        new Command.Abandon(Samples.SITE, endpoint, scene.samples.now(), 9)))
                .replies())
        .containsOnly(new Command.Reply(Command.Kind.DONE, 1));
    assertThat(scene.shown(abandoned).state().isFinal()).isTrue();
  }

  @Promise(
      by = DeliveryStore.class,
      value = "until it has sent no heartbeat for the owner timeout of the store")
  @Test
  default void keepsAnOwnerWhoseHeartbeatsCome(Scene scene) {
    scene.use(open(OWNER_TIMEOUT));
    EndpointId endpoint = scene.samples.endpoint();
    Delivery mine = scene.owned(endpoint);
    Owner other = scene.register();
    Duration step = OWNER_TIMEOUT.dividedBy(10);
    long longest = 0;
    long start = System.nanoTime();
    for (int beats = 0;
        beats < 30 || System.nanoTime() - start < OWNER_TIMEOUT.toNanos();
        beats++) {
      final long before = System.nanoTime();
      letTimePass(step);
      scene.store().deliveries().heartbeat(scene.owner());
      scene.store().deliveries().heartbeat(other);
      longest = Math.max(longest, System.nanoTime() - before);
    }
    assumeThat(longest).as("a pause of this machine").isLessThan(OWNER_TIMEOUT.toNanos() / 2);

    assertThat(scene.claimAll(other, endpoint)).isEmpty();
    assertThat(scene.commit(Batch.of(success(scene, mine))).refused()).isEmpty();
  }

  @Promise(
      by = DeliveryStore.class,
      value = "Releases everything that the owner still owns, and ends the owner. " + "Idempotent.")
  @Test
  default void handsBackWhatARetiredOwnerHad(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery delivery = scene.owned(endpoint);
    final Owner retired = scene.owner();
    Store first = scene.store();
    scene.use(open());
    assertThat(scene.claimAll(endpoint)).isEmpty();

    first.deliveries().retire(retired);
    first.close();

    assertThat(scene.claimAll(endpoint)).containsExactly(delivery);
  }

  @Promise(by = DeliveryStore.class, value = "Concurrent claims never return the same delivery.")
  @Test
  default void givesEveryDeliveryOnceToProcessesAtOnce(Scene scene) throws Exception {
    List<EndpointId> endpoints = Stream.generate(scene.samples::endpoint).limit(2).toList();
    int count = 200;
    for (int i = 0; i < count; i++) {
      scene.queued(endpoints.get(i % 2));
    }
    Queue<Delivery> delivered = new ConcurrentLinkedQueue<>();
    List<Callable<Void>> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      DeliveryStore store = scene.tracked(open()).deliveries();
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
                      Scene.FAR_AHEAD);
              for (Delivery delivery : Scene.deliveries(store.claim(owner, claim))) {
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
  default void storesOneEventForAKeyThatProcessesPublishAtOnce(Scene scene) throws Exception {
    EndpointId endpoint = scene.samples.endpoint();
    List<DeliveryStore> stores =
        Stream.generate(() -> scene.tracked(open()).deliveries()).limit(3).toList();
    for (int round = 0; round < 10; round++) {
      Queue<Receipt> receipts = new ConcurrentLinkedQueue<>();
      List<Callable<Void>> tasks = new ArrayList<>();
      for (DeliveryStore store : stores) {
        Event event = scene.samples.repeatable("id-" + round, null, "{}");
        Batch batch = Batch.of(Scene.free(event, scene.samples.delivery(event, endpoint)));
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
      assertThat(scene.claimAll(endpoint)).hasSize(1);
    }
  }
}
