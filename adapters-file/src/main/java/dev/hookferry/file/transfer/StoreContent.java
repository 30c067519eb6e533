package dev.hookferry.file.transfer;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.file.config.SmallFiles;
import dev.hookferry.file.index.IndexedList;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.file.journal.Segments;
import dev.hookferry.file.pending.PendingIndex;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.transfer.TransferOrigin;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import dev.hookferry.store.transfer.TransferRecord.StoredTally;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A snapshot of a store's content. Files only grow while none is removed, so remembering where each
 * one ended is enough.
 *
 * @param segments the journal files
 * @param last sequence number of the last line
 * @param pending the events with pending deliveries
 * @param config the configuration
 * @param replays the replays
 * @param audit the entries of the audit log, oldest first
 * @param tallies the tallies
 * @param origin the description of the content
 */
record StoreContent(
    List<Segment> segments,
    long last,
    SequenceSet pending,
    Set<UUID> waiting,
    Config config,
    List<ReplayStore.ReplayEntry> replays,
    Iterable<AuditEntry> audit,
    List<StoredTally> tallies,
    TransferOrigin origin) {

  /**
   * Captures the content.
   *
   * @param store human-readable name of the store
   * @param pending the pending deliveries; nothing is committed during the call
   */
  static StoreContent of(String store, Segments segments, PendingIndex pending, SmallFiles files) {
    List<Segment> all = segments.all();
    Config config = files.config().load();
    List<ReplayStore.ReplayEntry> replays = files.replays().all();
    List<StoredTally> tallies = files.tallies().all();
    StringBuilder state = new StringBuilder();
    long deliveries = pending.backlog(any -> true).pending();
    for (Segment segment : all) {
      state.append(segment.header()).append(segment.end());
      deliveries += segment.index().rows(IndexedList.STATES).count();
    }
    state.append(config.version()).append(files.config().audit().end());
    state.append(replays).append(tallies);
    byte[] bytes = state.toString().getBytes(StandardCharsets.UTF_8);
    TransferOrigin origin =
        new TransferOrigin(
            store, UUID.nameUUIDFromBytes(bytes).toString(), config.version(), deliveries);
    return new StoreContent(
        all,
        segments.active().end().sequence(),
        SequenceSet.of(pending),
        waiting(pending),
        config,
        replays,
        files.config().audit().oldestFirst(),
        tallies,
        origin);
  }

  private static Set<UUID> waiting(PendingIndex pending) {
    synchronized (pending) {
      return pending.chains().all().stream()
          .filter(pending.chains()::isWaiting)
          .collect(Collectors.toSet());
    }
  }

  /**
   * Returns a delivery in the state that follows from its queue position, which the journal does
   * not record.
   */
  StoredDelivery inTurn(StoredDelivery stored) {
    Delivery delivery = stored.delivery();
    return delivery.state() == DeliveryState.PENDING && waiting.contains(delivery.id().value())
        ? new StoredDelivery(
            delivery.waiting(), stored.suspicion(), stored.payloadBytes(), stored.position())
        : stored;
  }
}
