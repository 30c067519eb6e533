package dev.hookferry.memory;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.store.transfer.TransferBatch;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferOrigin;
import dev.hookferry.store.transfer.TransferReader;
import dev.hookferry.store.transfer.TransferRecord;
import dev.hookferry.store.transfer.TransferRecord.StoredAttempt;
import dev.hookferry.store.transfer.TransferRecord.StoredAuditEntry;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import dev.hookferry.store.transfer.TransferRecord.StoredEvent;
import dev.hookferry.store.transfer.TransferSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Snapshot of the content of an in-memory store. */
final class MemorySource implements TransferSource {
  private static final int BATCH = 1_000;

  private final TransferOrigin origin;
  private final List<TransferRecord> others;
  private final List<Kept> events = new ArrayList<>();

  /** An event with the records of its deliveries and attempts. */
  private record Kept(StoredEvent event, boolean isPending, List<TransferRecord> records) {}

  /**
   * Copies the content of the store.
   *
   * @param others the records that belong to no event
   */
  MemorySource(Tables tables, List<TransferRecord> others, long configVersion) {
    this.others = others;
    Map<String, List<Attempt>> attempts = new HashMap<>();
    for (Attempt attempt : tables.attempts.oldestFirst().values()) {
      attempts.computeIfAbsent(attempt.delivery().toString(), id -> new ArrayList<>()).add(attempt);
    }
    long deliveries = 0;
    for (EventTable.Kept kept : tables.events.oldestFirst().values()) {
      List<DeliveryTable.Row> rows =
          kept.all().stream()
              .flatMap(id -> tables.deliveries.find(kept.event().site(), id).stream())
              .toList();
      events.add(kept(tables, kept, rows, attempts));
      deliveries += rows.size();
    }
    String state = configVersion + ":" + others.hashCode() + ":" + events.hashCode();
    origin = new TransferOrigin("memory", state, configVersion, deliveries);
  }

  private static Kept kept(
      Tables tables,
      EventTable.Kept kept,
      List<DeliveryTable.Row> rows,
      Map<String, List<Attempt>> attempts) {
    Event event = kept.event();
    List<TransferRecord> records = new ArrayList<>();
    boolean isPending = false;
    for (DeliveryTable.Row row : rows) {
      Delivery delivery = row.delivery();
      isPending |= row.isPending();
      records.add(
          new StoredDelivery(
              delivery,
              row.suspicion(),
              event.payload().size(),
              tables.deliveries.position(delivery.id())));
      attempts
          .getOrDefault(delivery.id().toString(), List.of())
          .forEach(attempt -> records.add(new StoredAttempt(attempt, event.acceptedAt())));
    }
    return new Kept(new StoredEvent(event, kept.receipt()), isPending, records);
  }

  @Override
  public TransferOrigin origin() {
    return origin;
  }

  @Override
  public TransferReader read(TransferHistory history, @Nullable String after) {
    List<TransferRecord> records = new ArrayList<>();
    for (TransferRecord other : others) {
      if (!(other instanceof StoredAuditEntry audit) || history.includes(audit.entry().at())) {
        records.add(other);
      }
    }
    for (Kept kept : events) {
      if (kept.isPending() || history.includes(kept.event().event().acceptedAt())) {
        records.add(kept.event());
        records.addAll(kept.records());
      }
    }
    return new Reader(records, after == null ? 0 : position(after, records.size()));
  }

  private static int position(String text, int size) {
    int position = Integer.parseInt(text);
    if (position < 0 || position > size) {
      throw new IllegalArgumentException(text + " is not a position of this source");
    }
    return position;
  }

  private static final class Reader implements TransferReader {
    private final List<TransferRecord> records;
    private int at;

    Reader(List<TransferRecord> records, int at) {
      this.records = records;
      this.at = at;
    }

    @Override
    public Optional<TransferBatch> next() {
      if (at == records.size()) {
        return Optional.empty();
      }
      int end = Math.min(records.size(), at + BATCH);
      List<TransferRecord> batch = records.subList(at, end);
      at = end;
      return Optional.of(new TransferBatch(batch, Integer.toString(at)));
    }

    @Override
    public void close() {}
  }

  @Override
  public void close() {}
}
