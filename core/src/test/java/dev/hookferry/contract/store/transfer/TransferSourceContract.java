package dev.hookferry.contract.store.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.event.Event;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.transfer.RecordText;
import dev.hookferry.store.transfer.TransferBatch;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferReader;
import dev.hookferry.store.transfer.TransferRecord;
import dev.hookferry.store.transfer.TransferRecord.StoredAttempt;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import dev.hookferry.store.transfer.TransferRecord.StoredEvent;
import dev.hookferry.store.transfer.TransferSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Optional: how a store is read as a whole. */
@Promise(
    by = TransferSource.class,
    value = "The content of a store as a stream of records, consistent as of one moment.")
public interface TransferSourceContract extends TransferFixture {
  /** Events that are written in addition to the special ones. */
  int EVENTS = 60;

  /** Returns whether a source refuses to open while a process uses the store. */
  default boolean refusesWhileInUse() {
    return true;
  }

  /** Returns a model with the same content. */
  static MemoryStore model(long seed) {
    MemoryStore model = new MemoryStore(() -> Samples.START, Duration.ofMinutes(5));
    TransferContent.write(model, seed, EVENTS);
    return model;
  }

  private void fill(long seed) {
    try (Store store = open()) {
      TransferContent.write(store, seed, EVENTS);
    }
  }

  private static List<String> texts(List<TransferRecord> records) {
    return records.stream().map(RecordText::write).toList();
  }

  @Test
  default void readsEveryRecord() {
    fill(1);
    try (TransferSource source = openSource();
        TransferSource model = model(1).snapshot()) {
      assertThat(texts(ranked(ListSource.all(source))))
          .containsExactlyInAnyOrderElementsOf(texts(ranked(ListSource.all(model))));
      assertThat(source.origin().configVersion()).isEqualTo(1);
      assertThat(source.origin().store()).isNotBlank();
    }
  }

  @Promise(
      by = TransferSource.class,
      value =
          "Each event is followed by its deliveries, and each delivery by its attempts in the order"
              + " they were made.")
  @Test
  default void readsEventsWithWhatBelongsToThem() {
    fill(2);
    try (TransferSource source = openSource()) {
      StoredEvent event = null;
      StoredDelivery delivery = null;
      int number = 0;
      int attempts = 0;
      for (TransferRecord stored : ListSource.all(source)) {
        if (stored instanceof StoredEvent next) {
          event = next;
          delivery = null;
        } else if (stored instanceof StoredDelivery next) {
          assertThat(next.delivery().event()).isEqualTo(event.event().id());
          assertThat(next.payloadBytes()).isEqualTo(event.event().payload().size());
          delivery = next;
          number = 0;
        } else if (stored instanceof StoredAttempt attempt) {
          assertThat(attempt.attempt().delivery()).isEqualTo(delivery.delivery().id());
          assertThat(attempt.acceptedAt()).isEqualTo(event.event().acceptedAt());
          assertThat(attempt.attempt().number()).isGreaterThan(number);
          number = attempt.attempt().number();
          attempts++;
        } else {
          assertThat(event).as("precedes all events: " + stored).isNull();
        }
      }
      assertThat(attempts).isPositive();
    }
  }

  @Promise(by = TransferSource.class, value = "An unchanged store always has the same order.")
  @Test
  default void continuesAfterAnyPosition() {
    fill(3);
    assertContinuesAfterAnyPosition();
  }

  /** Few stores read all of them at once, so some positions are in the middle of the event. */
  @Promise(by = TransferSource.class, value = "An unchanged store always has the same order.")
  @Test
  default void continuesWithinAnEventOfManyDeliveries() {
    Samples samples = new Samples(10);
    Event event = samples.event();
    List<PublishEntry.Queued> queued =
        Stream.generate(() -> new PublishEntry.Queued(samples.delivery(event), false))
            .limit(450)
            .toList();
    try (Store store = open()) {
      Owner owner = store.deliveries().register(new Node("test-host:4711"));
      CommitResult unused =
          store.deliveries().commit(owner, Batch.of(PublishEntry.of(event, queued)));
      store.deliveries().retire(owner);
    }
    try (TransferSource source = openSource()) {
      List<TransferRecord> records = ListSource.all(source);
      assertThat(records).filteredOn(StoredEvent.class::isInstance).hasSize(1);
      assertThat(records).filteredOn(StoredDelivery.class::isInstance).hasSize(450);
    }
    assertContinuesAfterAnyPosition();
  }

  private void assertContinuesAfterAnyPosition() {
    for (TransferHistory history : List.of(TransferHistory.ALL, TransferHistory.NONE)) {
      try (TransferSource source = openSource()) {
        List<String> chosen = texts(ListSource.rest(source, history, null));
        int read = 0;
        for (TransferBatch batch : batches(source, history)) {
          read += batch.records().size();
          assertThat(texts(ListSource.rest(source, history, batch.position())))
              .isEqualTo(chosen.subList(read, chosen.size()));
        }
      }
    }
  }

  /** Returns the records with positions that count from 1 in each queue of an ordering key. */
  private static List<TransferRecord> ranked(List<TransferRecord> records) {
    Map<String, TreeSet<Long>> queues = new HashMap<>();
    for (TransferRecord each : records) {
      if (each instanceof StoredDelivery stored && stored.position() > 0) {
        queues.computeIfAbsent(queue(stored), q -> new TreeSet<>()).add(stored.position());
      }
    }
    return records.stream().map(each -> ranked(each, queues)).toList();
  }

  private static TransferRecord ranked(TransferRecord each, Map<String, TreeSet<Long>> queues) {
    if (each instanceof StoredDelivery stored && stored.position() > 0) {
      int rank = queues.get(queue(stored)).headSet(stored.position(), true).size();
      return new StoredDelivery(stored.delivery(), stored.suspicion(), stored.payloadBytes(), rank);
    }
    return each;
  }

  private static String queue(StoredDelivery stored) {
    return stored.delivery().endpoint() + " " + stored.delivery().orderingKey();
  }

  private static List<TransferBatch> batches(TransferSource source, TransferHistory history) {
    List<TransferBatch> batches = new ArrayList<>();
    try (TransferReader reader = source.read(history, null)) {
      Optional<TransferBatch> next = reader.next();
      while (next.isPresent()) {
        batches.add(next.get());
        next = reader.next();
      }
    }
    return batches;
  }

  @Promise(
      by = TransferHistory.class,
      value = "if it has a pending delivery or was accepted recently enough")
  @Test
  default void leavesOutThePast() {
    fill(4);
    List<StoredEvent> events;
    try (TransferSource model = model(4).snapshot()) {
      events =
          ListSource.all(model).stream()
              .flatMap(
                  one -> one instanceof StoredEvent e ? Stream.of(e) : Stream.<StoredEvent>empty())
              .toList();
    }
    TransferHistory half = new TransferHistory(events.get(events.size() / 2).event().acceptedAt());
    for (TransferHistory history : List.of(half, TransferHistory.NONE, TransferHistory.ALL)) {
      try (TransferSource source = openSource();
          TransferSource model = model(4).snapshot()) {
        assertThat(texts(ranked(ListSource.rest(source, history, null))))
            .containsExactlyInAnyOrderElementsOf(
                texts(ranked(ListSource.rest(model, history, null))));
      }
    }
  }

  @Promise(by = TransferSource.class, value = "Reading changes nothing in the store.")
  @Test
  default void changesNothing() {
    fill(5);
    String state;
    try (TransferSource source = openSource()) {
      state = source.origin().state();
      assertThat(ListSource.all(source)).isNotEmpty();
    }
    try (TransferSource source = openSource()) {
      assertThat(source.origin().state()).isEqualTo(state);
    }
    try (Store store = open()) {
      store.deliveries().register(new Node("test-host:4712"));
    }
  }

  @Test
  default void hasAnotherStateAfterEveryChange() {
    fill(6);
    String before;
    try (TransferSource source = openSource()) {
      before = source.origin().state();
    }
    try (Store store = open()) {
      store.audit().append(List.of());
      assertThat(store.config().save(List.of(), 1)).isPresent();
    }
    try (TransferSource source = openSource()) {
      assertThat(source.origin().state()).isNotEqualTo(before);
    }
  }

  @Test
  default void refusesAStoreInUse() {
    if (refusesWhileInUse()) {
      try (Store store = open()) {
        store.deliveries().register(new Node("test-host:4711"));
        assertThatThrownBy(this::openSource)
            .isInstanceOfAny(ConflictException.class, StoreException.class)
            .hasMessageMatching("(?s).*(in use|already open).*");
      }
    }
  }
}
