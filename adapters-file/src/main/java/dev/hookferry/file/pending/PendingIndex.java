package dev.hookferry.file.pending;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.file.record.JournalRecord.ChangeRecord;
import dev.hookferry.file.record.RecordPosition;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.Backlog;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.OrphanedEndpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The pending deliveries and their owners, in claim order. Its monitor makes calls atomic. */
public final class PendingIndex {
  /** Owner number of free deliveries. */
  public static final int NOBODY = 0;

  private final PendingRows rows = new PendingRows();
  private final NumberedNames names = new NumberedNames();
  private final EndpointQueues lanes = new EndpointQueues(rows, names);
  private final DueQueue owned = new DueQueue(rows);
  private final Map<Integer, int[]> bySegment = new HashMap<>();

  /** Returns the rows, for callers that hold the monitor. */
  public PendingRows rows() {
    return rows;
  }

  /** Returns the names, for callers that hold the monitor. */
  public NumberedNames names() {
    return names;
  }

  /** Makes a delivery pending and free, whatever its state was. */
  public synchronized void put(PendingDelivery pending) {
    put(pending, NOBODY);
  }

  /** Makes a delivery pending in any state, and gives it to an owner or {@link #NOBODY}. */
  public synchronized void put(PendingDelivery pending, int owner) {
    UUID id = pending.id().value();
    if (rows.find(id) >= 0) {
      remove(rows.find(id));
    }
    int slot = rows.add(id);
    rows.set(slot, PendingRows.DUE, pending.dueAt().toEpochMilli());
    rows.set(slot, PendingRows.CREATED, pending.createdAt().toEpochMilli());
    rows.set(slot, PendingRows.EVENT, pending.event().sequence());
    rows.set(slot, PendingRows.POSITION, pending.event().packed());
    rows.set(
        slot,
        PendingRows.SEGMENT,
        IndexEntry.pair(pending.event().segment(), pending.payloadSize()));
    int kind = names.kind(new NumberedNames.Kind(pending.site(), pending.type()));
    rows.set(slot, PendingRows.LANE, IndexEntry.pair(names.lane(pending.endpoint()), kind));
    rows.set(
        slot,
        PendingRows.ATTEMPTS,
        IndexEntry.pair(DeliveryHistory.packed(pending.attempts(), pending.suspicion()), owner));
    queue(slot);
  }

  /** Restores a row of a checkpoint, whose names must be known. */
  public synchronized void restore(long[] row) {
    int slot = rows.add(new UUID(row[PendingRows.HIGH], row[PendingRows.LOW]));
    for (int field = PendingRows.DUE; field < PendingRows.LINKS; field++) {
      rows.set(slot, field, row[field]);
    }
    rows.setLower(slot, PendingRows.ATTEMPTS, NOBODY);
    queue(slot);
  }

  private void queue(int slot) {
    queueOf(slot).add(slot);
    bySegment.computeIfAbsent(rows.upper(slot, PendingRows.SEGMENT), s -> new int[1])[0]++;
  }

  private DueQueue queueOf(int slot) {
    return rows.lower(slot, PendingRows.ATTEMPTS) == NOBODY
        ? lanes.of(rows.upper(slot, PendingRows.LANE))
        : owned;
  }

  /** Reschedules a pending delivery as the change says, and frees it. */
  public synchronized void update(int slot, ChangeRecord change) {
    Delivery delivery = change.delivery();
    postpone(slot, delivery.dueAt());
    int history = DeliveryHistory.packed(delivery.attempts(), change.suspicion());
    rows.setUpper(slot, PendingRows.ATTEMPTS, history);
  }

  /** Reschedules a pending delivery without a record of it, and frees it. */
  public synchronized void postpone(int slot, Instant until) {
    queueOf(slot).remove(slot);
    rows.set(slot, PendingRows.DUE, until.toEpochMilli());
    rows.setLower(slot, PendingRows.ATTEMPTS, NOBODY);
    queueOf(slot).add(slot);
  }

  /** Removes a delivery that is final. */
  public synchronized void remove(int slot) {
    queueOf(slot).remove(slot);
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
    int history = rows.upper(slot, PendingRows.ATTEMPTS);
    NumberedNames.Kind kind = names.kind(rows.lower(slot, PendingRows.LANE));
    long position = rows.get(slot, PendingRows.POSITION);
    RecordPosition event =
        new RecordPosition(
            rows.upper(slot, PendingRows.SEGMENT),
            rows.get(slot, PendingRows.EVENT),
            IndexEntry.upper(position),
            IndexEntry.lower(position));
    return new PendingDelivery(
        new DeliveryId(new UUID(rows.get(slot, PendingRows.HIGH), rows.get(slot, PendingRows.LOW))),
        kind.site(),
        kind.type(),
        names.endpoint(rows.upper(slot, PendingRows.LANE)),
        DeliveryHistory.attempts(history),
        Instant.ofEpochMilli(rows.get(slot, PendingRows.CREATED)),
        Instant.ofEpochMilli(rows.get(slot, PendingRows.DUE)),
        event,
        rows.lower(slot, PendingRows.SEGMENT),
        DeliveryHistory.suspicion(history));
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
    queueOf(slot).remove(slot);
    rows.setLower(slot, PendingRows.ATTEMPTS, owner);
    queueOf(slot).add(slot);
  }

  /** Frees all deliveries of an owner. */
  public synchronized void free(int owner) {
    IntStream slots = IntStream.range(0, owned.size()).map(owned::at);
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
    DueQueue lane = lanes.find(endpoint);
    List<PendingDelivery> taken = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    while (lane != null && !lane.isEmpty() && taken.size() < atMost) {
      int slot = lane.first();
      assign(slot, owner);
      if (names.kind(rows.lower(slot, PendingRows.LANE)).site().equals(site)) {
        taken.add(at(slot));
      } else {
        others.add(slot);
      }
    }
    others.forEach(slot -> assign(slot, NOBODY));
    return taken;
  }

  /** Assigns free, due deliveries to an owner, as the claim asks for. */
  public synchronized List<PendingDelivery> claim(int owner, ClaimRequest claim) {
    ClaimCapacity rooms = lanes.capacity(claim.room(), claim.dueBy().toEpochMilli());
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
    long next = lanes.nextDue(room);
    return next == Long.MAX_VALUE ? null : Instant.ofEpochMilli(next);
  }

  /** Returns the endpoints that have free deliveries and are not among the known ones. */
  public synchronized List<OrphanedEndpoint> orphanedEndpoints(Set<EndpointId> known) {
    List<OrphanedEndpoint> strays = new ArrayList<>();
    for (int number = 0; number < lanes.all().size(); number++) {
      DueQueue lane = lanes.of(number);
      if (!lane.isEmpty() && !known.contains(names.endpoint(number))) {
        NumberedNames.Kind kind = names.kind(rows.lower(lane.first(), PendingRows.LANE));
        strays.add(new OrphanedEndpoint(kind.site(), names.endpoint(number)));
      }
    }
    return strays;
  }

  public synchronized Backlog backlog() {
    long oldest = owned.isEmpty() ? Long.MAX_VALUE : owned.firstDue();
    for (DueQueue lane : lanes.all()) {
      oldest = lane.isEmpty() ? oldest : Math.min(oldest, lane.firstDue());
    }
    return new Backlog(rows.count(), rows.count() == 0 ? null : Instant.ofEpochMilli(oldest));
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
  public synchronized void eachOf(int segment, IntConsumer look) {
    for (int slot = 0; slot < rows.slots(); slot++) {
      if (rows.isUsed(slot) && rows.upper(slot, PendingRows.SEGMENT) == segment) {
        look.accept(slot);
      }
    }
  }
}
