package dev.hookferry.file.record;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The content of one journal line. */
public sealed interface JournalRecord {
  /**
   * Calls the fold's method for this kind of record. Headers and ends of batches have no content,
   * so they call none.
   *
   * @throws X if that method does
   */
  <X extends Exception> void fold(RecordPosition place, Fold<X> fold) throws X;

  /**
   * Handles each kind of record with content. A new kind adds a method, so no reader can miss it.
   *
   * @param <X> the exception that the methods may throw
   */
  interface Fold<X extends Exception> {
    /** Folds an event with the deliveries created with it. */
    void event(EventRecord event, RecordPosition place) throws X;

    /** Folds a change of a delivery. */
    void change(ChangeRecord change, RecordPosition place) throws X;
  }

  /**
   * An event was accepted.
   *
   * @param event the event; its payload is empty unless it was requested
   * @param payloadSize size of the payload in bytes
   * @param deliveries initial state of the deliveries created with the event
   * @param position the position of deliveries with an ordering key; 0 if there are none
   */
  record EventRecord(Event event, int payloadSize, List<Delivery> deliveries, long position)
      implements JournalRecord {
    @Override
    public <X extends Exception> void fold(RecordPosition place, Fold<X> fold) throws X {
      fold.event(this, place);
    }
  }

  /**
   * A delivery changed, or was added to an event after its acceptance.
   *
   * @param delivery state after the change
   * @param eventSequence sequence number of its event
   * @param attempt the attempt that caused the change, or null
   * @param suspicion crash suspicion after the change
   * @param position its position among deliveries with the same ordering key; 0 if it has none
   */
  record ChangeRecord(
      Delivery delivery,
      long eventSequence,
      @Nullable Attempt attempt,
      CrashSuspicion suspicion,
      long position)
      implements JournalRecord {
    /** Creates the record of a delivery without an ordering key. */
    public ChangeRecord(
        Delivery delivery,
        long eventSequence,
        @Nullable Attempt attempt,
        CrashSuspicion suspicion) {
      this(delivery, eventSequence, attempt, suspicion, 0);
    }

    @Override
    public <X extends Exception> void fold(RecordPosition place, Fold<X> fold) throws X {
      fold.change(this, place);
    }
  }

  /**
   * End of a batch: the records before it are valid.
   *
   * @param records number of records in the batch
   */
  record CommitRecord(int records) implements JournalRecord {
    @Override
    public <X extends Exception> void fold(RecordPosition place, Fold<X> fold) {
      // It only ends a batch.
    }
  }

  /**
   * Beginning of a segment.
   *
   * @param number number of the segment
   * @param first first sequence number of the segment, even if its record has been removed since
   * @param last last sequence number that the segment had before it was rewritten without expired
   *     records; 0 if it was not rewritten
   */
  record HeaderRecord(int number, long first, long last) implements JournalRecord {
    /** Returns whether records were removed. */
    public boolean isRewritten() {
      return last != 0;
    }

    @Override
    public <X extends Exception> void fold(RecordPosition place, Fold<X> fold) {
      // It only begins a segment.
    }
  }
}
