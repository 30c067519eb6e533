package dev.hookferry.file.record;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a line of the journal says. */
public sealed interface JournalRecord {
  /**
   * An event was accepted.
   *
   * @param event without its payload, if that was not asked for
   * @param payloadSize how many bytes the payload has
   * @param deliveries as they were when they came to be
   */
  record EventRecord(Event event, int payloadSize, List<Delivery> deliveries)
      implements JournalRecord {}

  /**
   * A delivery changed.
   *
   * @param delivery as it is from here on
   * @param eventSequence the sequence number of its event
   * @param attempt the attempt that changed it, or null if none did
   * @param suspicion what is held against it from here on
   */
  record ChangeRecord(
      Delivery delivery, long eventSequence, @Nullable Attempt attempt, CrashSuspicion suspicion)
      implements JournalRecord {}

  /**
   * The end of a batch: what stands before it is valid.
   *
   * @param records how many records the batch has
   */
  record CommitRecord(int records) implements JournalRecord {}

  /**
   * The beginning of a segment.
   *
   * @param number of the segment
   * @param first the first sequence number that it has or had
   * @param last the last sequence number that it has or had if it was rewritten when events were
   *     forgotten, else 0
   */
  record HeaderRecord(int number, long first, long last) implements JournalRecord {
    /** Whether records were taken out. */
    public boolean isRewritten() {
      return last != 0;
    }
  }
}
