package dev.hookferry.contract.store.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.transfer.RecordChange;
import dev.hookferry.store.transfer.RecordCounts;
import dev.hookferry.store.transfer.StoreComparison;
import dev.hookferry.store.transfer.StoreComparison.Side;
import dev.hookferry.store.transfer.StoreInTransferException;
import dev.hookferry.store.transfer.StoreTransfer;
import dev.hookferry.store.transfer.TransferBatch;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferMark;
import dev.hookferry.store.transfer.TransferReader;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Optional: how a store is filled from another one. */
@Promise(by = TransferTarget.class, value = "Ids and times of all records are kept.")
public interface TransferTargetContract extends TransferFixture {
  private void transfer(MemoryStore model, int batch) {
    try (TransferSource snapshot = model.snapshot();
        TransferTarget target = openTarget()) {
      ListSource source = ListSource.of(snapshot, batch);
      RecordCounts counts = new StoreTransfer(source, target).start(TransferHistory.ALL);
      assertThat(counts.records()).isEqualTo(source.size());
    }
  }

  private void assertEqualTo(MemoryStore model) {
    try (TransferSource source = openSource();
        TransferSource expected = model.snapshot()) {
      StoreComparison.Result result =
          new StoreComparison(10)
              .compare(
                  new Side(expected, RecordChange.NONE),
                  new Side(source, RecordChange.NONE),
                  TransferHistory.ALL);
      assertThat(result.differences()).isEmpty();
      assertThat(source.origin().configVersion()).isEqualTo(expected.origin().configVersion());
    }
  }

  @Test
  default void holdsWhatTheSourceHeld() {
    MemoryStore model = TransferSourceContract.model(1);
    transfer(model, 1_000);
    assertEqualTo(model);
  }

  @Promise(
      by = TransferTarget.class,
      value =
          "A batch may end and the next one begin between an event and its deliveries, or between"
              + " a delivery and its attempts.")
  @Test
  default void acceptsBatchesThatEndAnywhere() {
    MemoryStore model = TransferSourceContract.model(2);
    ListSource source = ListSource.of(model.snapshot(), 1);
    try (TransferTarget target = openTarget();
        TransferReader reader = source.read(TransferHistory.ALL, null)) {
      target.begin(new TransferMark(source.origin(), TransferHistory.ALL, null));
      Optional<TransferBatch> batch = reader.next();
      while (batch.isPresent()) {
        target.write(batch.get());
        batch = reader.next();
      }
      target.finish();
    }
    assertEqualTo(model);
  }

  @Test
  default void isAStoreLikeAnyOther() {
    MemoryStore model = TransferSourceContract.model(3);
    transfer(model, 7);

    try (Store store = open()) {
      assertThat(store.config().load()).isEqualTo(model.config().load());
      assertThat(store.replays().all()).isEqualTo(model.replays().all());
      for (var site : List.of(Samples.SITE, Samples.OTHER_SITE)) {
        assertThat(store.log().events(EventQuery.ofSite(site).limit(500)).data())
            .isEqualTo(model.log().events(EventQuery.ofSite(site).limit(500)).data());
        assertThat(store.log().deliveries(DeliveryQuery.ofSite(site).limit(500)).data())
            .containsExactlyInAnyOrderElementsOf(
                model.log().deliveries(DeliveryQuery.ofSite(site).limit(500)).data());
      }
      Owner owner = store.deliveries().register(new Node("test-host:4711"));
      assertThat(claimed(store, owner))
          .isNotEmpty()
          .isEqualTo(claimed(model, model.deliveries().register(new Node("model"))));
      assertThat(store.config().save(List.of(), 1)).hasValue(2L);
    }
  }

  @Test
  default void continuesWithTheSameOrderPerKey() {
    MemoryStore model = TransferSourceContract.model(6);
    transfer(model, 7);

    try (Store store = open()) {
      Owner owner = store.deliveries().register(new Node("test-host:4711"));
      List<List<String>> expected = drained(model, model.deliveries().register(new Node("model")));
      assertThat(expected).hasSize(3);
      assertThat(drained(store, owner)).isEqualTo(expected);
    }
  }

  /** Unblocks all keys, and returns what can be claimed when the deliveries before have ended. */
  private static List<List<String>> drained(Store store, Owner owner) {
    DeliveryQuery blocked = DeliveryQuery.ofSite(Samples.SITE).state(DeliveryState.BLOCKED);
    for (Delivery delivery : store.log().deliveries(blocked).data()) {
      Command skip = new Command.Skip(delivery.site(), delivery.id(), Samples.START);
      store.deliveries().commit(owner, Batch.of(skip));
    }
    List<List<String>> rounds = new ArrayList<>();
    ClaimRequest everything =
        new ClaimRequest(
            ClaimRequest.Room.computed(endpoint -> 10_000),
            10_000,
            Long.MAX_VALUE,
            Samples.START.plusSeconds(400L * 24 * 3600));
    List<ClaimResult.Work> work = store.deliveries().claim(owner, everything).work();
    while (!work.isEmpty()) {
      rounds.add(work.stream().map(one -> one.delivery().toString()).sorted().toList());
      for (ClaimResult.Work one : work) {
        AttemptResult ended = new AttemptResult(one.delivery().cancelled(Samples.START), null);
        store.deliveries().commit(owner, Batch.of(ended));
      }
      work = store.deliveries().claim(owner, everything).work();
    }
    return rounds;
  }

  private static List<String> claimed(Store store, Owner owner) {
    ClaimRequest everything =
        new ClaimRequest(
            ClaimRequest.Room.computed(endpoint -> 10_000),
            10_000,
            Long.MAX_VALUE,
            Samples.START.plusSeconds(400L * 24 * 3600));
    ClaimResult claimed = store.deliveries().claim(owner, everything);
    return claimed.work().stream()
        .map(work -> work.delivery() + " " + work.suspicion() + " " + work.event().id())
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  @Test
  default void repeatsReceiptsAndRefusesConflicts() {
    MemoryStore model = TransferSourceContract.model(4);
    transfer(model, 100);
    Event first = model.log().eventByKey(Samples.SITE, "key-1").orElseThrow();
    Event repeated =
        new Event(
            first.id(),
            first.site(),
            first.type(),
            first.occurredAt(),
            first.acceptedAt().plusSeconds(60),
            first.payload(),
            first.idempotence());
    try (Store store = open()) {
      Owner owner = store.deliveries().register(new Node("test-host:4711"));
      CommitResult result =
          store.deliveries().commit(owner, Batch.of(PublishEntry.of(repeated, List.of())));
      assertThat(result.publications())
          .containsExactly(new CommitResult.Stored(List.of(new Receipt(first.id(), 1, true))));
      assertThat(store.log().eventByKey(Samples.SITE, "key-1")).contains(first);
    }
  }

  @Promise(
      by = TransferTarget.class,
      value = "An interrupted transfer is resumed with the records after TransferMark.position.")
  @Test
  default void resumesWhereverItWasInterrupted() {
    MemoryStore model = TransferSourceContract.model(5);
    ListSource source = ListSource.of(model.snapshot(), 9);
    boolean begun = false;
    for (int failAt = 0; failAt < source.size(); failAt += 61) {
      Function<StoreTransfer, RecordCounts> run =
          begun ? StoreTransfer::resume : transfer -> transfer.start(TransferHistory.ALL);
      try (TransferTarget target = openTarget()) {
        assertThat(target.mark().isPresent()).isEqualTo(begun);
        StoreTransfer transfer = new StoreTransfer(source.failingAt(failAt), target);
        assertThatThrownBy(() -> run.apply(transfer)).hasMessage("the source fails here");
      }
      begun = true;
      assertThatThrownBy(() -> opened()).isInstanceOf(StoreInTransferException.class);
      assertThatThrownBy(this::openSource).isInstanceOf(StoreException.class);
    }
    try (TransferTarget target = openTarget()) {
      RecordCounts unused = new StoreTransfer(source, target).resume();
    }
    assertEqualTo(model);
  }

  private Owner opened() {
    try (Store store = open()) {
      return store.deliveries().register(new Node("test-host:4711"));
    }
  }

  @Promise(by = TransferTarget.class, value = "if the store is not empty or another transfer is")
  @Test
  default void refusesANonEmptyStore() {
    try (Store store = open()) {
      TransferContent.write(store, 6, 5);
    }
    MemoryStore same = TransferSourceContract.model(7);
    try (TransferSource source = same.snapshot();
        TransferTarget target = openTarget()) {
      assertThatThrownBy(() -> new StoreTransfer(source, target).start(TransferHistory.ALL))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("not empty");
      assertThatThrownBy(() -> new StoreTransfer(source, target).resume())
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("no unfinished transfer");
    }
    try (Store store = open()) {
      assertThat(store.log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data())
          .extracting(Delivery::state)
          .contains(DeliveryState.PENDING);
    }
  }

  @Test
  default void doesNotResumeFromAnotherSource() {
    ListSource source = ListSource.of(TransferSourceContract.model(8).snapshot(), 5);
    try (TransferTarget target = openTarget()) {
      target.begin(new TransferMark(source.origin(), TransferHistory.ALL, null));
      TransferBatch first = source.read(TransferHistory.ALL, null).next().orElseThrow();
      target.write(first);
    }
    try (TransferTarget target = openTarget();
        TransferSource other = TransferSourceContract.model(9).snapshot()) {
      assertThat(target.mark().orElseThrow().position()).isEqualTo("5");
      assertThatThrownBy(() -> new StoreTransfer(other, target).resume())
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("has changed");
      RecordCounts unused = new StoreTransfer(source, target).resume();
    }
  }
}
