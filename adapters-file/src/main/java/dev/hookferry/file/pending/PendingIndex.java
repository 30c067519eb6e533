package dev.hookferry.file.pending;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.file.record.JournalRecord.ChangeRecord;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.Backlog;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.OrphanedEndpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The pending deliveries and their owners, in claim order. Its monitor makes calls atomic. */
public final class PendingIndex {
  /** Owner number of free deliveries. */
  public static final int NOBODY = 0;

  private final PendingRows rows = new PendingRows();
  private final NumberedNames names = new NumberedNames();
  private final PendingQueues queues = new PendingQueues(rows, names);
  private final KeyChains chains = new KeyChains();
  private final Map<Integer, int[]> bySegment = new HashMap<>();

  /** Returns the rows, for callers that hold the monitor. */
  public PendingRows rows() {
    return rows;
  }

  /** Returns the names, for callers that hold the monitor. */
  public NumberedNames names() {
    return names;
  }

  /** Returns the turns by ordering key, for callers that hold the monitor. */
  public KeyChains chains() {
    return chains;
  }

  /**
   * Returns the deliveries of an endpoint with an ordering key, in order; only for the thread that
   * changes them.
   */
  public synchronized Collection<UUID> chain(EndpointId endpoint, String key) {
    return chains.chain(names.laneOrNone(endpoint), key);
  }

  /** Makes a delivery pending and free, whatever its state was. */
  public synchronized void put(PendingDelivery pending) {
    put(pending, NOBODY);
  }

  /** Makes a delivery pending and assigns it to an owner or {@link #NOBODY}. */
  public synchronized void put(PendingDelivery pending, int owner) {
    UUID id = pending.id().value();
    if (rows.find(id) >= 0) {
      removeRow(rows.find(id));
    }
    int slot = rows.add(id);
    PendingRow.write(rows, names, slot, pending, owner);
    queue(slot);
    settle(id, pending.turn());
  }

  /** Sets or removes (null) a delivery's turn, and parks or releases affected deliveries. */
  private void settle(UUID id, @Nullable KeyTurn turn) {
    int slot = rows.find(id);
    park(
        turn == null
            ? chains.leave(id)
            : chains.enter(id, rows.upper(slot, PendingRows.LANE), turn));
  }

  private void park(Set<UUID> changed) {
    for (UUID id : changed) {
      int slot = rows.find(id);
      boolean isParked = chains.isParked(id);
      if (slot >= 0 && queues.isParked(slot) != isParked) {
        queues.park(slot, isParked);
      }
    }
  }

  /** Restores a turn from a checkpoint; no effect if there is no row for the delivery. */
  public synchronized void restore(UUID id, KeyTurn turn) {
    if (rows.find(id) >= 0) {
      settle(id, turn);
    }
  }

  /** Restores a row from a checkpoint, whose names must have been restored before. */
  public synchronized void restore(long[] row) {
    int slot = rows.add(new UUID(row[PendingRows.HIGH], row[PendingRows.LOW]));
    for (int field = PendingRows.DUE; field < PendingRows.LINKS; field++) {
      rows.set(slot, field, row[field]);
    }
    int history = rows.upper(slot, PendingRows.ATTEMPTS);
    int free = DeliveryHistory.parked(history, false);
    rows.set(slot, PendingRows.ATTEMPTS, IndexEntry.pair(free, NOBODY));
    queue(slot);
  }

  private void queue(int slot) {
    queues.of(slot).add(slot);
    bySegment.computeIfAbsent(rows.upper(slot, PendingRows.SEGMENT), s -> new int[1])[0]++;
  }

  /** Reschedules a pending delivery as the change states, and frees it. */
  public synchronized void update(int slot, ChangeRecord change) {
    Delivery delivery = change.delivery();
    postpone(slot, delivery.dueAt());
    int history = DeliveryHistory.packed(delivery.attempts(), change.suspicion());
    rows.setUpper(
        slot, PendingRows.ATTEMPTS, DeliveryHistory.parked(history, queues.isParked(slot)));
    String key = delivery.orderingKey();
    if (key != null) {
      settle(delivery.id().value(), new KeyTurn(key, change.position(), delivery.state()));
    }
  }

  /** Reschedules a pending delivery without recording that in the journal, and frees it. */
  public synchronized void postpone(int slot, Instant until) {
    queues.of(slot).remove(slot);
    rows.set(slot, PendingRows.DUE, until.toEpochMilli());
    rows.setLower(slot, PendingRows.ATTEMPTS, NOBODY);
    queues.of(slot).add(slot);
  }

  /** Removes a delivery that is final. */
  public synchronized void remove(int slot) {
    UUID id = id(slot);
    removeRow(slot);
    park(chains.leave(id));
  }

  private void removeRow(int slot) {
    queues.of(slot).remove(slot);
    int segment = rows.upper(slot, PendingRows.SEGMENT);
    int[] left = bySegment.get(segment);
    if (left != null && --left[0] == 0) {
      bySegment.remove(segment);
    }
    rows.remove(slot);
  }

  /** Returns the slot of a delivery, or -1 if it is not pending. */
  public synchronized int find(DeliveryId id) {
    return rows.find(id.value());
  }

  /** Returns a pending delivery; empty if it is not pending. */
  public synchronized Optional<PendingDelivery> get(DeliveryId id) {
    int slot = rows.find(id.value());
    return slot < 0 ? Optional.empty() : Optional.of(at(slot));
  }

  /** Returns the delivery in a slot. */
  public synchronized PendingDelivery at(int slot) {
    return PendingRow.read(rows, names, slot, chains.turn(id(slot)));
  }

  private UUID id(int slot) {
    return new UUID(rows.get(slot, PendingRows.HIGH), rows.get(slot, PendingRows.LOW));
  }

  /** Returns the state of the delivery in a slot. */
  public synchronized DeliveryState state(int slot) {
    KeyTurn turn = queues.isParked(slot) ? chains.turn(id(slot)) : null;
    return turn == null ? DeliveryState.PENDING : turn.state();
  }

  /** Returns the sequence number of the event of the delivery in a slot. */
  public synchronized long event(int slot) {
    return rows.get(slot, PendingRows.EVENT);
  }

  /** Returns the owner number of the delivery in a slot. */
  public synchronized int owner(int slot) {
    return rows.lower(slot, PendingRows.ATTEMPTS);
  }

  /** Assigns the delivery in a slot to an owner or to {@link #NOBODY}. */
  public synchronized void assign(int slot, int owner) {
    queues.of(slot).remove(slot);
    rows.setLower(slot, PendingRows.ATTEMPTS, owner);
    queues.of(slot).add(slot);
  }

  /** Frees all deliveries of an owner. */
  public synchronized void free(int owner) {
    IntStream slots = IntStream.range(0, queues.owned().size()).map(queues.owned()::at);
    slots.filter(slot -> owner(slot) == owner).boxed().toList().forEach(s -> assign(s, NOBODY));
  }

  /** Assigns the delivery in a slot to an owner if it is free; returns whether it was. */
  public synchronized boolean reserve(int slot, int owner) {
    boolean isFree = owner(slot) == NOBODY;
    if (isFree) {
      assign(slot, owner);
    }
    return isFree;
  }

  /** Assigns free deliveries of an endpoint to an owner, whether or not they are due. */
  public synchronized List<PendingDelivery> reserve(
      EndpointId endpoint, SiteId site, int atMost, int owner) {
    List<PendingDelivery> taken = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    for (EndpointQueues some : List.of(queues.parked(), queues.lanes())) {
      DueQueue lane = some.find(endpoint);
      while (lane != null && !lane.isEmpty() && taken.size() < atMost) {
        int slot = lane.first();
        assign(slot, owner);
        if (names.kind(rows.lower(slot, PendingRows.LANE)).site().equals(site)) {
          taken.add(at(slot));
        } else {
          others.add(slot);
        }
      }
    }
    others.forEach(slot -> assign(slot, NOBODY));
    return taken;
  }

  /** Assigns free, due deliveries to an owner, as the claim requests. */
  public synchronized List<PendingDelivery> claim(int owner, ClaimRequest claim) {
    ClaimCapacity rooms = queues.lanes().capacity(claim.room(), claim.dueBy().toEpochMilli());
    List<PendingDelivery> taken = new ArrayList<>();
    long bytes = claim.maxBytes();
    while (!rooms.isEmpty() && taken.size() < claim.limit()) {
      int slot = rooms.first();
      bytes -= rows.lower(slot, PendingRows.SEGMENT);
      if (bytes < 0 && !taken.isEmpty()) {
        break;
      }
      rooms.take(() -> assign(slot, owner));
      taken.add(at(slot));
    }
    return taken;
  }

  /** Returns when the first free delivery of endpoints with room is due; null if there is none. */
  public synchronized @Nullable Instant nextDue(ClaimRequest.Room room) {
    long next = queues.lanes().nextDue(room);
    return next == Long.MAX_VALUE ? null : Instant.ofEpochMilli(next);
  }

  /** Returns the endpoints that have free deliveries and are not among the known ones. */
  public synchronized List<OrphanedEndpoint> orphanedEndpoints(Set<EndpointId> known) {
    return queues.orphanedEndpoints(known);
  }

  public synchronized Backlog backlog(Predicate<EndpointId> isActive) {
    return new Backlog(rows.count(), queues.oldestDue(isActive));
  }

  /** Returns whether any event of a segment has pending deliveries. */
  public synchronized boolean uses(int segment) {
    return bySegment.containsKey(segment);
  }

  /** Returns the segments that hold events with pending deliveries. */
  public synchronized Set<Integer> segments() {
    return Set.copyOf(bySegment.keySet());
  }

  /** Updates the event positions after a segment was rewritten. */
  public synchronized void move(int segment, Map<Long, Long> positions) {
    eachOf(
        segment,
        slot -> {
          Long now = positions.get(rows.get(slot, PendingRows.POSITION));
          rows.set(slot, PendingRows.POSITION, Objects.requireNonNull(now, "its event is gone"));
        });
  }

  /** Passes the slots of the deliveries whose events are in a segment to the consumer. */
  public synchronized void eachOf(int segment, IntConsumer consumer) {
    for (int slot = 0; slot < rows.slots(); slot++) {
      if (rows.isUsed(slot) && rows.upper(slot, PendingRows.SEGMENT) == segment) {
        consumer.accept(slot);
      }
    }
  }
}
