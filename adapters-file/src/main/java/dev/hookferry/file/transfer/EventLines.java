package dev.hookferry.file.transfer;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.file.index.MemoryIndex;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.file.pending.PendingDelivery;
import dev.hookferry.file.pending.PendingIndex;
import dev.hookferry.file.record.BatchBuffer;
import dev.hookferry.file.record.JournalRecord;
import dev.hookferry.file.record.JournalRecord.ChangeRecord;
import dev.hookferry.file.record.JournalRecord.EventRecord;
import dev.hookferry.file.record.RecordPosition;
import dev.hookferry.file.record.SegmentEnd;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.transfer.TransferRecord;
import dev.hookferry.store.transfer.TransferRecord.StoredAttempt;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import dev.hookferry.store.transfer.TransferRecord.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of whole events before they are written: the event with the deliveries of its receipt,
 * then their attempts and other changes. The earlier states of a delivery are not transferred, so
 * its last attempt carries its current state. Not thread-safe.
 */
final class EventLines {
  private final BatchBuffer lines = new BatchBuffer();
  private final List<Step> steps = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<TransferRecord> open = new ArrayList<>();
  private final List<Tried> deliveries = new ArrayList<>();
  private @Nullable StoredEvent event;

  private record Step(JournalRecord record, RecordPosition place) {}

  private record Waiting(StoredDelivery stored, RecordPosition event) {}

  /** A delivery with its attempts. */
  private record Tried(StoredDelivery stored, List<Attempt> attempts) {
    private boolean isUntouched() {
      return attempts.isEmpty()
          && stored.delivery().state() == DeliveryState.PENDING
          && stored.delivery().attempts() == 0
          && stored.delivery().orderingKey() == null
          && stored.suspicion() == CrashSuspicion.NONE;
    }

    /** Returns the delivery as it was when it was created. */
    private Delivery initial() {
      Delivery now = stored.delivery();
      return isUntouched() ? now : with(0, now.createdAt());
    }

    private Delivery with(int count, Instant dueAt) {
      Delivery now = stored.delivery();
      return new Delivery(
          now.id(),
          now.site(),
          now.event(),
          now.type(),
          now.endpoint(),
          DeliveryState.PENDING,
          count,
          now.createdAt(),
          dueAt,
          null,
          null);
    }

    /** Returns the delivery after an attempt. */
    private Delivery after(int attempt) {
      return attempt == attempts.size() - 1
          ? stored.delivery()
          : with(attempts.get(attempt).number(), attempts.get(attempt + 1).startedAt());
    }
  }

  /** Begins a batch after the line at the end of a journal. */
  void begin(SegmentEnd end) {
    lines.begin(end.sequence(), end.crc());
    steps.clear();
    waiting.clear();
  }

  /** Returns the lines, which contain only complete events. */
  BatchBuffer lines() {
    return lines;
  }

  /** Returns the records of the event that is not in the lines yet. */
  List<TransferRecord> open() {
    return open;
  }

  /** Adds an event, which completes the previous one. */
  void add(StoredEvent stored) {
    complete();
    event = stored;
    open.add(stored);
  }

  /** Adds a delivery of the last event. */
  void add(StoredDelivery stored) {
    requireEvent();
    deliveries.add(new Tried(stored, new ArrayList<>(1)));
    open.add(stored);
  }

  /** Adds an attempt of the last delivery. */
  void add(StoredAttempt stored) {
    requireEvent();
    deliveries.get(deliveries.size() - 1).attempts().add(stored.attempt());
    open.add(stored);
  }

  private void requireEvent() {
    if (event == null) {
      throw new IllegalArgumentException("the first delivery or attempt has no event before it");
    }
  }

  /** Completes the last event. */
  void complete() {
    if (event != null) {
      write(event);
      event = null;
      deliveries.clear();
      open.clear();
    }
  }

  private void write(StoredEvent stored) {
    Event whole = stored.event();
    int receipt = Math.min(stored.receipt(), deliveries.size());
    List<Delivery> queued = deliveries.subList(0, receipt).stream().map(Tried::initial).toList();
    RecordPosition place =
        lines.event(
            new PublishEntry.Entry(
                whole, queued.stream().map(d -> new PublishEntry.Queued(d, false)).toList()));
    steps.add(new Step(new EventRecord(whole, whole.payload().size(), queued, 0), place));
    for (int i = 0; i < deliveries.size(); i++) {
      Tried one = deliveries.get(i);
      if (i >= receipt) {
        change(new AttemptResult(one.initial(), null), place, 0);
      }
      write(one, place);
    }
  }

  private void write(Tried one, RecordPosition event) {
    StoredDelivery stored = one.stored();
    for (int i = 0; i < one.attempts().size(); i++) {
      change(new AttemptResult(one.after(i), one.attempts().get(i)), event, stored.position());
    }
    // The line of an attempt does not record suspicion.
    boolean isRecorded = one.attempts().isEmpty() ? one.isUntouched() : isClear(stored);
    if (!isRecorded) {
      change(
          new AttemptResult(stored.delivery(), null, stored.suspicion()), event, stored.position());
    }
    if (!stored.delivery().state().isFinal()) {
      waiting.add(new Waiting(stored, event));
    }
  }

  private static boolean isClear(StoredDelivery stored) {
    return stored.suspicion() == CrashSuspicion.NONE;
  }

  private void change(AttemptResult result, RecordPosition event, long position) {
    RecordPosition place = lines.change(result, event.sequence(), position);
    steps.add(
        new Step(
            new ChangeRecord(
                result.delivery(),
                event.sequence(),
                result.attempt(),
                result.suspicion(),
                position),
            place));
  }

  /**
   * Adds the lines to the index and the pending deliveries, once they are durable.
   *
   * @param base offset in the segment at which the lines begin
   */
  void apply(Segment segment, int base, PendingIndex pending) {
    MemoryIndex index = (MemoryIndex) segment.index();
    for (Step step : steps) {
      step.record().fold(step.place().in(segment.number(), base), index);
    }
    for (Waiting one : waiting) {
      RecordPosition event = one.event().in(segment.number(), base);
      int size = one.stored().payloadBytes();
      pending.put(
          PendingDelivery.of(one.stored().delivery(), event, size, one.stored().position())
              .with(one.stored().suspicion()));
    }
  }
}
