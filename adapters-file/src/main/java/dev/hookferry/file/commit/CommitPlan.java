package dev.hookferry.file.commit;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.file.index.MemoryIndex;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.file.pending.PendingDelivery;
import dev.hookferry.file.pending.PendingIndex;
import dev.hookferry.file.record.BatchBuffer;
import dev.hookferry.file.record.JournalRecord;
import dev.hookferry.file.record.JournalRecord.ChangeRecord;
import dev.hookferry.file.record.JournalRecord.EventRecord;
import dev.hookferry.file.record.RecordPosition;
import dev.hookferry.file.search.RecordLookup;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.commit.PublishEntry.Queued;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The plan of one commit: the lines to write, and the changes to apply in memory once they are
 * durable. Until then the only change in memory is that free deliveries are set aside. Not
 * thread-safe.
 */
public final class CommitPlan {
  /** Owner number of deliveries that are set aside while a commit is running. */
  static final int COMMIT = -1;

  private final BatchBuffer lines;
  private final PendingIndex pending;
  private final int owner;
  private final List<Step> steps = new ArrayList<>();
  private final Map<DeliveryId, Planned> planned = new HashMap<>();
  private final Set<DeliveryId> handedBack = new HashSet<>();
  private final List<DeliveryId> setAside = new ArrayList<>();
  private final Set<DeliveryId> ownedInOrder = new HashSet<>();
  private final PlannedTurns turns;
  private int freshSteps;

  /**
   * Creates an empty plan.
   *
   * @param owner number of the committing owner
   */
  public CommitPlan(BatchBuffer lines, PendingIndex pending, int owner) {
    this.lines = lines;
    this.pending = pending;
    this.owner = owner;
    turns = new PlannedTurns(pending);
  }

  /**
   * A delivery as it is after the steps planned so far.
   *
   * @param eventSequence sequence number of its event
   * @param owned whether the committing owner owns it
   */
  public record Planned(Delivery delivery, long eventSequence, boolean owned) {}

  /**
   * A record to apply.
   *
   * @param record the record
   * @param place its position, relative to the batch
   * @param entry the published entry, or null if the record is a change
   * @param event the pending row of a delivery that becomes pending again, or null
   */
  private record Step(
      JournalRecord record,
      RecordPosition place,
      PublishEntry.@Nullable Entry entry,
      @Nullable PendingDelivery event) {}

  /** Plans an event with its deliveries. Deliveries that must wait for their turn are not owned. */
  void publish(PublishEntry.Entry entry) {
    List<Delivery> deliveries = new ArrayList<>(entry.deliveries().size());
    for (Queued queued : entry.deliveries()) {
      deliveries.add(queued.delivery());
    }
    long position = turns.enter(deliveries);
    EventRecord record =
        new EventRecord(entry.event(), entry.event().payload().size(), deliveries, position);
    PublishEntry.Entry inTurn = position == 0 ? entry : inTurn(entry);
    steps.add(new Step(record, lines.event(entry, position), inTurn, null));
  }

  private PublishEntry.Entry inTurn(PublishEntry.Entry entry) {
    List<Queued> deliveries = new ArrayList<>(entry.deliveries().size());
    for (Queued queued : entry.deliveries()) {
      boolean waits = turns.current(queued.delivery(), planned).state() == DeliveryState.WAITING;
      boolean owned = queued.owned() && !waits && owner != PendingIndex.NOBODY;
      deliveries.add(new Queued(queued.delivery(), owned));
      if (owned && queued.delivery().orderingKey() != null) {
        ownedInOrder.add(queued.delivery().id());
      }
    }
    return new PublishEntry.Entry(entry.event(), deliveries);
  }

  /**
   * Returns the ids of the given keyed deliveries that no publication in this batch assigned to the
   * owner. Hands back any that an earlier try of the batch assigned to it.
   */
  Set<DeliveryId> unowned(List<Delivery> ordered) {
    Set<DeliveryId> unowned = new HashSet<>();
    for (Delivery delivery : ordered) {
      if (!ownedInOrder.contains(delivery.id())) {
        unowned.add(delivery.id());
        int slot = pending.find(delivery.id());
        if (slot >= 0 && owner != PendingIndex.NOBODY && pending.owner(slot) == owner) {
          handedBack.add(delivery.id());
        }
      }
    }
    return unowned;
  }

  /**
   * Returns whether, after the steps planned so far, another delivery remains in the queue of one
   * that has ended.
   */
  boolean isFollowed(Delivery ended) {
    return turns.isFollowed(ended, planned);
  }

  /** Returns a planned state, adjusted to the delivery's turn after the steps planned so far. */
  Planned inTurn(Planned now) {
    return new Planned(turns.current(now.delivery(), planned), now.eventSequence(), now.owned());
  }

  /**
   * Returns the planned state of a delivery that this batch has touched or published; null for any
   * other.
   */
  @Nullable Planned planned(DeliveryId id) {
    return planned.get(id);
  }

  /** Records the current state of a delivery that this batch may change. */
  void note(Planned now) {
    planned.put(now.delivery().id(), now);
  }

  /**
   * Returns the pending row for a delivery of an event that this batch publishes; null for any
   * other event.
   */
  @Nullable PendingDelivery published(long eventSequence, Delivery delivery) {
    for (Step step : steps) {
      if (step.record() instanceof EventRecord event && step.place().sequence() == eventSequence) {
        return PendingDelivery.of(delivery, step.place(), event.payloadSize());
      }
    }
    return null;
  }

  /** Returns an event that this batch publishes; empty if there is none with this id. */
  Optional<RecordLookup.LocatedEvent> event(SiteId site, EventId id) {
    for (Step step : steps) {
      if (step.record() instanceof EventRecord record
          && record.event().id().equals(id)
          && record.event().site().equals(site)) {
        return Optional.of(new RecordLookup.LocatedEvent(record, step.place()));
      }
    }
    return Optional.empty();
  }

  /** Returns all deliveries that this batch has touched or published. */
  List<Planned> touched() {
    noteFresh();
    return List.copyOf(planned.values());
  }

  /** Adds the deliveries published so far to the planned states. */
  void noteFresh() {
    for (; freshSteps < steps.size(); freshSteps++) {
      Step step = steps.get(freshSteps);
      if (step.entry() != null) {
        for (Queued queued : step.entry().deliveries()) {
          boolean owned = queued.owned() && owner != PendingIndex.NOBODY;
          planned.put(
              queued.delivery().id(),
              new Planned(queued.delivery(), step.place().sequence(), owned));
        }
      }
    }
  }

  /** Plans a change to a delivery. The delivery is free afterwards. */
  public void change(Planned before, AttemptResult result, @Nullable PendingDelivery event) {
    Delivery after = result.delivery();
    long position = turns.position(before.delivery(), after);
    RecordPosition place = lines.change(result, before.eventSequence(), position);
    ChangeRecord record =
        new ChangeRecord(
            after, before.eventSequence(), result.attempt(), result.suspicion(), position);
    steps.add(new Step(record, place, null, event));
    planned.put(after.id(), new Planned(after, before.eventSequence(), false));
  }

  /** Plans the hand-back of a delivery that the owner owns. */
  void handBack(DeliveryId id, @Nullable Planned fresh) {
    handedBack.add(id);
    if (fresh != null) {
      planned.put(id, new Planned(fresh.delivery(), fresh.eventSequence(), false));
    }
  }

  boolean isHandedBack(DeliveryId id) {
    return handedBack.contains(id);
  }

  Set<DeliveryId> handedBack() {
    return handedBack;
  }

  /** Remembers a delivery that was set aside, to free it if the commit fails. */
  void setAside(DeliveryId id) {
    setAside.add(id);
  }

  /** Frees the deliveries that were set aside. */
  public void undo() {
    for (DeliveryId id : setAside) {
      int slot = pending.find(id);
      if (slot >= 0 && pending.owner(slot) == COMMIT) {
        pending.assign(slot, PendingIndex.NOBODY);
      }
    }
  }

  /** Applies the plan in memory, once its lines are durable in a segment. */
  public void apply(JournalFollower follower, Segment segment, int base) throws IOException {
    MemoryIndex index = (MemoryIndex) segment.index();
    for (Step step : steps) {
      RecordPosition place = step.place().in(segment.number(), base);
      step.record().fold(place, index);
      if (step.record() instanceof EventRecord event) {
        begin(step, event, place);
      } else if (!becamePending(step, segment.number(), base)) {
        step.record().fold(place, follower);
      }
    }
    for (DeliveryId id : handedBack) {
      int slot = pending.find(id);
      if (slot >= 0) {
        pending.assign(slot, PendingIndex.NOBODY);
      }
    }
    // Frees deliveries that commands set aside but left unchanged.
    undo();
  }

  /**
   * Makes the deliveries of an event pending. The committing node owns those that it sends
   * immediately.
   */
  private void begin(Step step, EventRecord event, RecordPosition place) {
    if (step.entry() != null) {
      for (Queued queued : step.entry().deliveries()) {
        pending.put(
            PendingDelivery.of(queued.delivery(), place, event.payloadSize(), event.position()),
            queued.owned() ? owner : PendingIndex.NOBODY);
      }
    }
  }

  /** Makes the step's delivery pending, unless it already is. */
  private boolean becamePending(Step step, int segment, int base) {
    PendingDelivery event = step.event();
    if (event == null
        || !(step.record() instanceof ChangeRecord change)
        || pending.find(change.delivery().id()) >= 0) {
      return false;
    }
    RecordPosition at = event.event();
    RecordPosition place = at.segment() == 0 ? at.in(segment, base) : at;
    pending.put(
        PendingDelivery.of(change.delivery(), place, event.payloadSize(), change.position())
            .with(change.suspicion()));
    return true;
  }
}
