package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.file.disk.SpaceReserve;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.IdSource;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreFullException;
import dev.hookferry.store.UnknownOutcomeException;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.config.ConfigChange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Behaviour when the disk fails. */
class FailureTest {
  private final MemoryDisk disk = new MemoryDisk();
  private final Diary diary = new Diary(3, 500);

  @Test
  void stopsForGoodWhenAForceFails() {
    FileStore store = Stores.open(disk, Stores.TINY);
    diary.page(store);
    Diary before = diary.copy();
    disk.fail(MemoryDisk.Fault.FORCE, 1);

    assertThatThrownBy(() -> diary.page(store)).isInstanceOf(UnknownOutcomeException.class);

    assertStopped(store);
    store.close();
    FileStore again = Stores.open(disk.afterPowerFailure(), Stores.TINY);
    before.assertSameAs(again);
    before.assertUsable(again);
  }

  @Test
  void aFileWithoutPermissionIsNamed() {
    FileStore store = Stores.open(disk, Stores.TINY);
    Site site = new Site(Samples.SITE, SiteSettings.DEFAULT, Samples.START);
    var unused = store.config().save(List.of(new ConfigChange.PutSite(site)), 0);
    store.close();
    disk.deny("config.changes");

    assertThatThrownBy(() -> Stores.open(disk, Stores.TINY))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("cannot open the store ")
        .hasMessageEndingWith(": no permission for config.changes");
  }

  private static void assertStopped(FileStore store) {
    Owner owner = new Owner(new UUID(1, 1));
    List<Runnable> calls =
        List.of(
            () -> store.deliveries().register(new Node("n")),
            () -> store.deliveries().heartbeat(owner),
            () -> store.deliveries().commit(owner, Batch.of(new Command[0])),
            () -> store.deliveries().claim(owner, new ClaimRequest(Map.of(), 1, 1, Instant.EPOCH)),
            () -> store.deliveries().retire(owner),
            () -> store.deliveries().backlog(all -> true),
            () -> store.log().attempts(AttemptQuery.ofSite(Samples.SITE)),
            () -> store.log().delivery(Samples.SITE, new DeliveryId(owner.value())),
            () -> store.log().purge(Instant.EPOCH),
            () -> store.config().load(),
            () -> store.config().save(List.of(), 0));
    assertThat(calls)
        .isNotEmpty()
        .allSatisfy(call -> assertThatThrownBy(call::run).isInstanceOf(StoreException.class));
  }

  @Test
  void continuesAfterTheDiskWasFull() {
    FileStore store = Stores.open(disk, Stores.TINY);
    diary.page(store);
    for (int i = 0; i < 40; i++) {
      Diary before = diary.copy();
      disk.fail(MemoryDisk.Fault.WRITE, 1);
      assertThatThrownBy(() -> before.copy().page(store))
          .isExactlyInstanceOf(StoreException.class)
          .hasMessageContaining("nothing was changed");
      diary.assertSameAs(store);
      diary.page(store);
    }
    diary.assertSameAs(store);
    diary.assertUsable(store);
    store.close();
    FileStore again = Stores.open(disk, Stores.TINY);
    diary.assertSameAs(again);
  }

  @Test
  void stopsAcceptingBeforeTheDiskIsFullAndRecordsToTheEnd() {
    FileStore store = Stores.open(disk, Stores.TINY);
    Samples samples = diary.samples();
    Owner owner = store.deliveries().register(new Node("n"));
    List<Delivery> owned = new ArrayList<>();
    disk.holds(400_000);
    assertThatThrownBy(
            () -> {
              while (true) {
                owned.add(published(store, owner, samples));
              }
            })
        .isInstanceOf(StoreFullException.class)
        .hasMessageContaining("nearly full");
    assertThat(store.hasRoom()).isFalse();
    Store.Space space = store.space().orElseThrow();
    assertThat(space.free()).isEqualTo(disk.room()).isLessThan(space.needed());

    // Even if somebody else takes all that is left, there is room for what is under way.
    disk.holds(400_000 - disk.room());
    for (Delivery delivery : owned.subList(0, 40)) {
      AttemptResult result =
          new AttemptResult(
              delivery.delivered(samples.now()), samples.attempt(delivery, samples.success()));
      assertThat(store.deliveries().commit(owner, Batch.of(result)).refused()).isEmpty();
    }
    assertThat(disk.list()).doesNotContain(SpaceReserve.NAME);
    assertThat(store.hasRoom()).isFalse();

    disk.holds(2_000_000);
    assertThat(store.hasRoom()).isTrue();
    assertThat(disk.list()).contains(SpaceReserve.NAME);
    var unused = published(store, owner, samples);
    store.close();
  }

  private static Delivery published(FileStore store, Owner owner, Samples samples) {
    Event event = samples.event();
    Delivery delivery = samples.delivery(event);
    var unused =
        store
            .deliveries()
            .commit(
                owner,
                Batch.of(PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, true)))));
    return delivery;
  }

  @Test
  void opensOnAFullDisk() {
    FileStore store = Stores.open(disk, Stores.TINY);
    diary.page(store);
    store.close();
    disk.holds(400_000 - disk.room());
    disk.holds(0);

    FileStore again = Stores.open(disk, Stores.TINY);

    diary.assertSameAs(again);
    assertThat(again.hasRoom()).isFalse();
  }

  @Test
  void leavesNothingReservedAfterTheDiskWasFull() {
    FileStore store = Stores.open(disk, Stores.TINY);
    Samples samples = diary.samples();
    Event event = samples.event();
    Delivery delivery = samples.delivery(event);
    Owner owner = store.deliveries().register(new Node("n"));
    store
        .deliveries()
        .commit(
            owner,
            Batch.of(PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, false)))));
    disk.fail(MemoryDisk.Fault.WRITE, 1);
    Command cancel = new Command.Cancel(Samples.SITE, delivery.id(), samples.now());

    assertThatThrownBy(() -> store.deliveries().commit(owner, Batch.of(cancel)))
        .isExactlyInstanceOf(StoreException.class);

    ClaimRequest claim = new ClaimRequest(Map.of(delivery.endpoint(), 1), 1, 1, samples.now());
    assertThat(store.deliveries().claim(owner, claim).work()).hasSize(1);
  }

  /** They stayed owned by a node that did not know of them, until its next start. */
  @Test
  void handsBackDeliveriesWhenAClaimFails() {
    FileStore store = Stores.open(disk, Stores.TINY);
    Samples samples = diary.samples();
    Event event = samples.event();
    Delivery delivery = samples.delivery(event);
    Owner owner = store.deliveries().register(new Node("n"));
    var unused =
        store
            .deliveries()
            .commit(
                owner,
                Batch.of(
                    PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, false)))));
    ClaimRequest claim = new ClaimRequest(Map.of(delivery.endpoint(), 1), 1, 1, samples.now());
    disk.dieAtRead(new StackOverflowError("of the test"));
    assertThatThrownBy(() -> store.deliveries().claim(owner, claim))
        .isInstanceOf(StackOverflowError.class);

    assertThat(store.deliveries().claim(owner, claim).work()).hasSize(1);
  }

  /** It failed the whole claim, again and again, so that nothing was sent any more. */
  @Test
  void handsOutTheOthersWhenOneEventCannotBeRead() {
    Samples samples = diary.samples();
    AtomicReference<Instant> time = new AtomicReference<>(samples.now());
    FileStore store =
        FileStore.open(
            disk, Stores.TINY, time::get, new IdSource(new Random(1)), new DirectExecutor());
    Owner owner = store.deliveries().register(new Node("n"));
    List<Delivery> deliveries = new ArrayList<>();
    Map<EndpointId, Integer> room = new HashMap<>();
    for (String text : List.of("first", "damaged", "last")) {
      Event event = samples.event(Samples.SITE, samples.event().type(), Payload.of(text));
      Delivery delivery = samples.delivery(event);
      PublishEntry.Queued free = new PublishEntry.Queued(delivery, false);
      var unused =
          store.deliveries().commit(owner, Batch.of(PublishEntry.of(event, List.of(free))));
      deliveries.add(delivery);
      room.put(delivery.endpoint(), 10);
    }
    time.set(samples.now());
    flip("damaged");

    assertThat(claim(store, owner, room, time.get()))
        .extracting(work -> work.delivery().id())
        .containsExactlyInAnyOrder(deliveries.get(0).id(), deliveries.get(2).id());
    assertThat(store.deliveries().backlog(all -> true).pending()).isEqualTo(3);
    assertThat(claim(store, owner, room, time.get())).isEmpty();

    flip("damaged");
    time.set(time.get().plusSeconds(60));
    assertThat(claim(store, owner, room, time.get()))
        .extracting(work -> work.delivery().id())
        .containsExactly(deliveries.get(1).id());
    store.close();
  }

  private static List<ClaimResult.Work> claim(
      FileStore store, Owner owner, Map<EndpointId, Integer> room, Instant dueBy) {
    return store.deliveries().claim(owner, new ClaimRequest(room, 10, 1 << 20, dueBy)).work();
  }

  /** Changes the last letter of a text in the journal, or changes it back. */
  private void flip(String text) {
    String journal = Segment.journalName(1);
    byte[] bytes = disk.get(journal);
    String known = text.substring(0, text.length() - 1);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(known) + known.length();
    disk.flip(journal, at);
  }

  @Test
  void stopsWhenItCannotUndoAWrite() {
    FileStore store = Stores.open(disk, Stores.TINY);
    diary.page(store);
    Diary before = diary.copy();
    disk.fail(MemoryDisk.Fault.WRITE, 1);
    disk.fail(MemoryDisk.Fault.TRUNCATE, 1);

    assertThatThrownBy(() -> diary.page(store)).isInstanceOf(UnknownOutcomeException.class);

    assertStopped(store);
    store.close();
    FileStore again = Stores.open(disk.copy(), Stores.TINY);
    before.assertSameAs(again);
  }

  @Test
  void keepsTheConfigurationThatItCannotChange() {
    FileStore store = Stores.open(disk, Stores.TINY);
    store.config().save(List.of(put("one")), 0);
    disk.fail(MemoryDisk.Fault.WRITE, 1);

    assertThatThrownBy(() -> store.config().save(List.of(put("two")), 1))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("nothing was changed");

    assertThat(store.config().load().sites()).containsOnlyKeys(new SiteId("one"));
    FileStore other = Stores.open(disk.afterPowerFailure(), Stores.TINY);
    assertThat(other.config().load().version()).isEqualTo(1);
    assertThat(store.config().save(List.of(put("two")), 1)).contains(2L);
    store.close();
    FileStore again = Stores.open(disk, Stores.TINY);
    assertThat(again.config().load().sites()).hasSize(2);
  }

  private static ConfigChange put(String site) {
    return new ConfigChange.PutSite(
        new Site(new SiteId(site), SiteSettings.DEFAULT, Samples.START));
  }

  @Test
  void continuesWithoutUnwritableIndexesAndCheckpoints() {
    FileStore store = Stores.open(disk, Stores.TINY);
    while (!disk.list().contains(Segment.journalName(4))) {
      diary.page(store);
      disk.fail(MemoryDisk.Fault.RENAME, disk.list().size() % 2);
      try {
        diary.page(store);
      } catch (StoreException e) {
        assertThat(e).hasMessageContaining("nothing was changed");
      }
      disk.fail(MemoryDisk.Fault.RENAME, 0);
    }
    diary.assertSameAs(store);
    diary.assertUsable(store);
    store.close();
    FileStore again = Stores.open(disk, Stores.TINY);
    diary.assertSameAs(again);
  }

  @Test
  void keepsAnInterruptForLater() {
    FileStore store = Stores.open(disk, Stores.TINY);
    Thread.currentThread().interrupt();

    diary.page(store);

    assertThat(Thread.interrupted()).isTrue();
    diary.assertSameAs(store);
  }
}
