package dev.hookferry.file.transfer;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.file.record.JournalRecord.ChangeRecord;
import dev.hookferry.file.record.JournalRecord.EventRecord;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.store.transfer.TransferRecord;
import dev.hookferry.store.transfer.TransferRecord.StoredAttempt;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import dev.hookferry.store.transfer.TransferRecord.StoredEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Assembles the records of one event: its deliveries in their current state, and their attempts.
 */
final class EventAssembly {
  private final EventRecord event;
  private final Map<DeliveryId, State> deliveries = new LinkedHashMap<>();

  private static final class State {
    private Delivery delivery;
    private CrashSuspicion suspicion = CrashSuspicion.NONE;
    private long position;
    private final List<TransferRecord> attempts = new ArrayList<>(1);

    State(Delivery delivery, long position) {
      this.delivery = delivery;
      this.position = position;
    }
  }

  EventAssembly(EventRecord event) {
    this.event = event;
    event
        .deliveries()
        .forEach(queued -> deliveries.put(queued.id(), new State(queued, event.position())));
  }

  /** Adds the next change of one of the event's deliveries, or a delivery that was added later. */
  void add(ChangeRecord change) {
    Delivery delivery = change.delivery();
    State state = deliveries.computeIfAbsent(delivery.id(), id -> new State(delivery, 0));
    state.delivery = delivery;
    state.suspicion = change.suspicion();
    state.position = change.position();
    if (change.attempt() != null) {
      state.attempts.add(new StoredAttempt(change.attempt(), event.event().acceptedAt()));
    }
  }

  /**
   * Returns all records, in the order in which a source provides them.
   *
   * @param suspecting adds crash suspicions that are not in the journal yet
   */
  List<TransferRecord> records(UnaryOperator<StoredDelivery> suspecting) {
    Event accepted = event.event();
    List<TransferRecord> records = new ArrayList<>(1 + 2 * deliveries.size());
    records.add(new StoredEvent(accepted, event.deliveries().size()));
    for (State state : deliveries.values()) {
      boolean isFinal = state.delivery.state().isFinal();
      StoredDelivery stored =
          new StoredDelivery(
              state.delivery,
              isFinal ? CrashSuspicion.NONE : state.suspicion,
              event.payloadSize(),
              state.delivery.orderingKey() == null ? 0 : state.position);
      records.add(isFinal ? stored : suspecting.apply(stored));
      records.addAll(state.attempts);
    }
    return records;
  }
}
