package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.Payload;
import dev.hookferry.file.maintenance.Checkpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Removal of expired records from the journal. */
class RetentionTest {
  private static final Payload LARGE = Payload.of("{\"x\":\"" + "x".repeat(4000) + "\"}");

  private final MemoryDisk disk = new MemoryDisk();
  private final Samples samples = new Samples(9);
  private FileStore store =
      Stores.open(
          disk, FileStoreOptions.DEFAULT.withSegmentBytes(1 << 16).withPreallocatedBytes(1 << 12));

  private Delivery publish(EndpointId endpoint, boolean settle) {
    Owner owner = store.deliveries().register(new Node("n"));
    Event event = samples.event(Samples.SITE, EventCatalog.QLM_EVENTS.get(0), LARGE);
    Delivery delivery = samples.delivery(event, endpoint);
    store
        .deliveries()
        .commit(
            owner,
            Batch.of(PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, true)))));
    if (settle) {
      deliver(delivery, owner);
    }
    store.deliveries().retire(owner);
    return delivery;
  }

  private long journals() {
    return disk.list().stream().filter(name -> name.endsWith(".journal")).count();
  }

  private long bytes() {
    return disk.list().stream()
        .filter(name -> name.endsWith(".journal"))
        .mapToLong(name -> disk.get(name).length)
        .sum();
  }

  @Test
  void removesWholeFiles() {
    EndpointId endpoint = samples.endpoint();
    for (int i = 0; i < 100; i++) {
      publish(endpoint, true);
    }
    assertThat(journals()).isGreaterThan(5);
    samples.pass(Duration.ofDays(1));
    Delivery last = publish(endpoint, true);

    assertThat(store.log().purge(last.createdAt())).isBetween(90L, 100L);

    assertThat(journals()).isLessThanOrEqualTo(2);
    assertThat(store.log().delivery(Samples.SITE, last.id()))
        .hasValueSatisfying(d -> assertThat(d.attempts()).isEqualTo(1));
    assertThat(store.log().purge(last.createdAt())).isZero();
  }

  @Test
  void isNotHeldUpByADeliveryThatWaitsForLong() {
    EndpointId quick = samples.endpoint();
    EndpointId paused = samples.endpoint();
    Delivery waits = publish(paused, false);
    for (int i = 0; i < 50; i++) {
      publish(quick, true);
    }
    Delivery waitsToo = publish(paused, false);
    for (int i = 0; i < 50; i++) {
      publish(quick, true);
    }
    samples.pass(Duration.ofDays(1));

    assertThat(store.log().purge(samples.now())).isEqualTo(100);

    assertThat(bytes()).isLessThan(2 * LARGE.size() + 8 * 1024);
    assertWaits(paused, waits, waitsToo);
    store.close();
    store = Stores.open(disk, Stores.TINY);
    assertWaits(paused, waits, waitsToo);
    store.close();
    disk.delete(Checkpoint.NAME);
    store = Stores.open(disk, Stores.TINY);
    assertWaits(paused, waits, waitsToo);
  }

  private void assertWaits(EndpointId endpoint, Delivery... waiting) {
    Owner owner = store.deliveries().register(new Node("n"));
    ClaimRequest claim = new ClaimRequest(Map.of(endpoint, 9), 9, Long.MAX_VALUE, samples.now());
    assertThat(store.deliveries().claim(owner, claim).work())
        .allSatisfy(work -> assertThat(work.event().payload()).isEqualTo(LARGE))
        .extracting(work -> work.delivery())
        .containsExactly(waiting);
    store.deliveries().retire(owner);
  }

  @Test
  void purgesRewrittenFilesInTheirTurn() {
    Delivery waits = publish(samples.endpoint(), false);
    for (int i = 0; i < 40; i++) {
      publish(samples.endpoint(), true);
    }
    samples.pass(Duration.ofDays(1));
    store.log().purge(samples.now());
    deliver(waits, claim(waits));

    assertThat(store.log().purge(samples.now())).isEqualTo(1);

    assertThat(journals()).isEqualTo(1);
    assertThat(store.log().delivery(Samples.SITE, waits.id())).isEmpty();
  }

  @Test
  void bringsNothingBackThatAnOldCheckpointStillSpeaksOf() {
    List<Delivery> stay = publishManyThatStay();
    Delivery ends = publishOneAmongMany();
    store.close();
    store =
        Stores.open(
            disk,
            FileStoreOptions.DEFAULT.withSegmentBytes(1 << 16).withPreallocatedBytes(1 << 12));
    Delivery ended = deliver(ends, claim(ends));
    samples.pass(Duration.ofDays(1));
    List<MemoryDisk> crashes = new ArrayList<>();
    disk.afterChange(() -> crashes.add(disk.afterPowerFailure()));

    store.log().purge(samples.now());

    assertBringNothingBack(crashes, stay, ended);
  }

  /** The checkpoint that the purge began with speaks of it, too. */
  @Test
  void bringsNothingBackThatEndsDuringThePurge() {
    List<Delivery> stay = publishManyThatStay();
    Delivery ends = publishOneAmongMany();
    Owner owner = claim(ends);
    samples.pass(Duration.ofDays(1));
    List<MemoryDisk> crashes = new ArrayList<>();
    List<Delivery> ended = new ArrayList<>();
    disk.afterChange(
        () -> {
          crashes.add(disk.afterPowerFailure());
          if (ended.isEmpty() && disk.list().stream().anyMatch(n -> n.endsWith(".journal.tmp"))) {
            ended.add(ends.delivered(samples.now()));
            deliver(ends, owner);
            crashes.clear();
          }
        });

    store.log().purge(samples.now());

    assertBringNothingBack(crashes, stay, ended.get(0));
  }

  /** A file full of what waits is not written anew, so nothing makes the checkpoint invalid. */
  private List<Delivery> publishManyThatStay() {
    return Stream.generate(() -> publish(samples.endpoint(), false)).limit(26).toList();
  }

  private Delivery publishOneAmongMany() {
    Stream.generate(() -> publish(samples.endpoint(), true)).limit(20).toList();
    Delivery one = publish(samples.endpoint(), false);
    Stream.generate(() -> publish(samples.endpoint(), true)).limit(20).toList();
    return one;
  }

  private Owner claim(Delivery delivery) {
    Owner owner = store.deliveries().register(new Node("n"));
    ClaimRequest claim =
        new ClaimRequest(Map.of(delivery.endpoint(), 1), 1, Long.MAX_VALUE, samples.now());
    assertThat(store.deliveries().claim(owner, claim).work()).hasSize(1);
    return owner;
  }

  private Delivery deliver(Delivery delivery, Owner owner) {
    Delivery ended = delivery.delivered(samples.now());
    AttemptResult result = new AttemptResult(ended, samples.attempt(delivery, samples.success()));
    store.deliveries().commit(owner, Batch.of(result));
    return ended;
  }

  private static void assertBringNothingBack(
      List<MemoryDisk> crashes, List<Delivery> stay, Delivery ended) {
    assertThat(crashes).hasSizeGreaterThan(5);
    for (MemoryDisk crash : crashes) {
      FileStore image = Stores.open(crash, Stores.TINY);
      assertThat(image.deliveries().backlog(all -> true).pending()).isEqualTo(26);
      assertThat(image.log().delivery(Samples.SITE, stay.get(0).id())).contains(stay.get(0));
      assertThat(image.log().delivery(Samples.SITE, ended.id()).orElse(ended)).isEqualTo(ended);
      image.close();
    }
  }

  /** Unfinished work of retention must not fill a disk that has no room for it. */
  @Test
  void continuesWithTheNextFileIfARewriteFails() {
    EndpointId endpoint = samples.endpoint();
    Delivery waits = publish(samples.endpoint(), false);
    for (int i = 0; i < 100; i++) {
      Delivery unused = publish(endpoint, true);
    }
    samples.pass(Duration.ofDays(1));
    Delivery last = publish(endpoint, true);
    long before = journals();

    disk.fail(MemoryDisk.Fault.WRITE, 1);
    assertThatThrownBy(() -> store.log().purge(last.createdAt()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("failed partway");

    assertThat(disk.list()).noneMatch(name -> name.endsWith(".tmp"));
    assertThat(bytes()).isLessThan(before * (1 << 16) / 2);
    long unused = store.log().purge(last.createdAt());
    assertThat(store.log().delivery(Samples.SITE, waits.id())).isPresent();
  }
}
