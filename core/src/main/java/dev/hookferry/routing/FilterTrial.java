package dev.hookferry.routing;

import dev.hookferry.filter.FilterMismatch;
import dev.hookferry.id.EventId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Result of trying a filter on past events. Immutable.
 *
 * @param matched the number of events that meet the filter
 * @param notMatched the number of events that do not
 * @param matching the newest events that meet the filter, at most {@link #MAX_SAMPLES}
 * @param failing the newest events that do not meet the filter, at most {@link #MAX_SAMPLES}, each
 *     with the first clause that failed
 * @param absent the fields that the filter names but none of the events has, sorted; they may be
 *     misspelled. Empty if there are no events
 */
public record FilterTrial(
    int matched, int notMatched, List<Sample> matching, List<Sample> failing, List<String> absent) {
  /** Maximum number of samples in each of the two lists. */
  public static final int MAX_SAMPLES = 10;

  public FilterTrial {
    Objects.requireNonNull(matching, "matching");
    Objects.requireNonNull(failing, "failing");
    Objects.requireNonNull(absent, "absent");
    matching = List.copyOf(matching);
    failing = List.copyOf(failing);
    absent = List.copyOf(absent);
  }

  /**
   * One event and its result.
   *
   * @param event the event's id, or null if the data did not come from an event
   * @param mismatch the first clause that failed, or null if none did
   */
  public record Sample(@Nullable EventId event, @Nullable FilterMismatch mismatch) {}
}
