package org.example.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreStoppedException;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a crash or a bad disk leaves behind, which the contract cannot see. */
class SingleFileStoreCrashTest {
  private static final Node NODE = new Node("test");

  @TempDir Path folder;

  private final Samples samples = new Samples(1);

  @Test
  void ignoresARecordThatACrashCutOff() throws IOException {
    Path file = folder.resolve("store");
    Delivery first;
    Delivery second;
    byte[] before;
    try (SingleFileStore store = open(file)) {
      Owner owner = store.deliveries().register(NODE);
      first = publish(store, owner, false);
      before = Files.readAllBytes(file);
      second = publish(store, owner, false);
    }
    byte[] after = Files.readAllBytes(file);

    for (int length = before.length; length <= after.length; length++) {
      Path cut = Files.write(folder.resolve("cut-" + length), Arrays.copyOf(after, length));
      try (SingleFileStore store = open(cut)) {
        assertThat(deliveries(store))
            .isEqualTo(length < after.length ? List.of(first) : List.of(second, first));
      }
    }
    byte[] zeros = Arrays.copyOf(before, after.length);
    try (SingleFileStore store = open(Files.write(folder.resolve("zeros"), zeros))) {
      assertThat(deliveries(store)).containsExactly(first);
    }
  }

  @Test
  void reportsADamagedRecord() throws IOException {
    Path file = folder.resolve("store");
    byte[] before;
    try (SingleFileStore store = open(file)) {
      Owner owner = store.deliveries().register(NODE);
      before = Files.readAllBytes(file);
      publish(store, owner, false);
      publish(store, owner, false);
    }
    byte[] bytes = Files.readAllBytes(file);

    for (int place = before.length; place < before.length + 100; place++) {
      byte[] damaged = bytes.clone();
      damaged[place] ^= 4;
      Path copy = Files.write(folder.resolve("damaged-" + place), damaged);
      assertThatThrownBy(() -> open(copy))
          .as("a wrong bit in byte %s", place)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("damaged at byte " + before.length);
      assertThat(copy).hasBinaryContent(damaged);
    }
  }

  @Test
  void suspectsTheDeliveriesOfACrashedProcessOnce() throws IOException {
    Path file = folder.resolve("store");
    Path afterCrash = folder.resolve("after-crash");
    Delivery owned;
    Delivery waiting;
    try (SingleFileStore store = open(file)) {
      Owner owner = store.deliveries().register(NODE);
      owned = publish(store, owner, true);
      waiting = publish(store, owner, false);
      Files.copy(file, afterCrash);
    }
    open(afterCrash).close();

    try (SingleFileStore store = open(afterCrash)) {
      Owner owner = store.deliveries().register(NODE);
      ClaimRequest all =
          new ClaimRequest(
              Map.of(owned.endpoint(), 9, waiting.endpoint(), 9), 9, Long.MAX_VALUE, samples.now());
      assertThat(store.deliveries().claim(owner, all).work())
          .extracting(ClaimResult.Work::delivery, ClaimResult.Work::suspicion)
          .containsExactlyInAnyOrder(
              tuple(owned, CrashSuspicion.NONE.afterDeath()), tuple(waiting, CrashSuspicion.NONE));
    }
  }

  @Test
  void stopsAfterAFailedChange() {
    Path file = folder.resolve("store");
    Ledger ledger = Ledger.open(file);
    Event event = samples.event();
    assertThatThrownBy(
            () ->
                ledger.change(
                    change -> {
                      change.add(new Fact.EventAccepted(1, event, List.of()));
                      throw new IllegalStateException("a fault in the middle");
                    }))
        .hasMessage("a fault in the middle");

    assertThatThrownBy(() -> ledger.read(LedgerTables::config))
        .isInstanceOf(StoreStoppedException.class);
    ledger.close();
    try (SingleFileStore store = open(file)) {
      assertThat(store.log().event(event.site(), event.id())).isEmpty();
    }
  }

  private SingleFileStore open(Path file) {
    return SingleFileStore.open(file, InstantSource.system());
  }

  private Delivery publish(SingleFileStore store, Owner owner, boolean owned) {
    Event event = samples.event();
    Delivery delivery = samples.delivery(event);
    List<PublishEntry.Queued> queued = List.of(new PublishEntry.Queued(delivery, owned));
    store.deliveries().commit(owner, Batch.of(PublishEntry.of(event, queued)));
    return delivery;
  }

  private List<Delivery> deliveries(SingleFileStore store) {
    return store.log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data();
  }
}
