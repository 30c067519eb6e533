package dev.hookferry.contract.store.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.Store;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.transfer.SnapshotStore;
import dev.hookferry.store.transfer.TransferRecord;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import dev.hookferry.store.transfer.TransferRecord.StoredEvent;
import dev.hookferry.store.transfer.TransferSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Optional: how a store is read as a whole while nodes use it. */
@Promise(by = SnapshotStore.class, value = "Returns the content of the store as of this moment.")
public interface SnapshotContract extends TransferFixture {
  @Promise(by = SnapshotStore.class, value = "Commits that return later are not in it.")
  @Test
  default void showsOneMoment() {
    Samples samples = new Samples(1);
    Event event = samples.event();
    Event later = samples.event();
    Delivery delivery = samples.delivery(event);
    try (Store store = open()) {
      Owner owner = store.deliveries().register(new Node("test-host:4711"));
      CommitResult unused = store.deliveries().commit(owner, owned(event, delivery));
      try (TransferSource snapshot = ((SnapshotStore) store).snapshot()) {
        AttemptResult result =
            new AttemptResult(
                delivery.delivered(samples.now()), samples.attempt(delivery, samples.success()));
        CommitResult recorded = store.deliveries().commit(owner, Batch.of(result));
        assertThat(recorded.refused()).isEmpty();
        CommitResult published =
            store.deliveries().commit(owner, owned(later, samples.delivery(later)));
        assertThat(published.publications()).hasSize(1);
        assertThat(store.config().save(List.of(), 0)).isPresent();

        List<TransferRecord> all = ListSource.all(snapshot);
        assertThat(all).hasSize(2);
        assertThat(((StoredEvent) all.get(0)).event()).isEqualTo(event);
        assertThat(((StoredDelivery) all.get(1)).delivery()).isEqualTo(delivery);
        assertThat(snapshot.origin().configVersion()).isZero();
      }
      assertThat(store.log().event(later.site(), later.id())).contains(later);
    }
  }

  private static Batch owned(Event event, Delivery delivery) {
    return Batch.of(PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, true))));
  }
}
