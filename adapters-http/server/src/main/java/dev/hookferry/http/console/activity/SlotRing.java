package dev.hookferry.http.console.activity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts by time slot, in a ring buffer. The counts of other processes are kept separately from
 * this one's. Guarded by its owner.
 *
 * @param <C> the counts of a slot
 */
final class SlotRing<C> {
  /**
   * Attempts are counted when they end. If one appears to have begun longer ago, the clock was set
   * back.
   */
  private static final long LATEST_MILLIS = Duration.ofMinutes(10).toMillis();

  private final long spanMillis;
  private final Supplier<C> empty;
  private final BiConsumer<C, C> addAll;
  private final List<@Nullable Slot<C>> ring;
  private long touchedMillis;

  /** Number of changes to this process's counts. */
  private long changes;

  /** The value of {@link #changes} when changed slots were last collected. */
  private long collected;

  /** The value of {@link #changes} up to which the counts are in the store. */
  private long written;

  /**
   * Creates an empty ring.
   *
   * @param span length of a slot
   * @param length number of slots
   * @param addAll adds the second counts to the first
   */
  SlotRing(Duration span, int length, Supplier<C> empty, BiConsumer<C, C> addAll) {
    spanMillis = span.toMillis();
    this.empty = empty;
    this.addAll = addAll;
    ring = new ArrayList<>(Collections.nCopies(length, null));
  }

  /** The sum of a slot's counts; null counts if the slot is empty. */
  record Sum<C>(Instant from, long number, @Nullable C counts) {}

  private static final class Slot<C> {
    private final long number;
    private final C own;
    private final Map<UUID, C> others = new HashMap<>(0);

    /** The ring's change number when this slot's own counts last changed. */
    private long changed;

    Slot(long number, C own) {
      this.number = number;
      this.own = own;
    }
  }

  /** Adds counts of this process to the slot of a moment, unless that slot has left the ring. */
  void count(Instant at, C counts) {
    change(at, own -> addAll.accept(own, counts));
  }

  /**
   * Changes this process's counts in the slot of a moment, unless that slot has left the ring.
   * Evicts a future slot that a fast clock may have left in its place.
   */
  void change(Instant at, Consumer<C> change) {
    long millis = at.toEpochMilli();
    if (millis > touchedMillis || millis < touchedMillis - LATEST_MILLIS) {
      touchedMillis = millis;
    }
    long number = number(millis);
    Slot<C> there = ring.get(place(number));
    if (there != null && there.number > number(touchedMillis) + 1) {
      ring.set(place(number), null);
    }
    change(slot(number), change);
  }

  /**
   * Changes this process's counts in the slot of an earlier moment, unless that slot has left the
   * ring.
   *
   * @param now the time of the event that causes the change
   */
  void revise(Instant at, Instant now, Consumer<C> change) {
    long number = number(at);
    change(number > number(now) - ring.size() ? slot(number) : null, change);
  }

  private void change(@Nullable Slot<C> slot, Consumer<C> change) {
    if (slot != null) {
      change.accept(slot.own);
      changes++;
      slot.changed = changes;
    }
  }

  /** Returns by how many slots the first moment is later than the second. */
  long distance(Instant one, Instant other) {
    return number(one) - number(other);
  }

  /** Replaces the counts of another process, or of an earlier run, for a slot. */
  void put(UUID writer, Instant from, C counts) {
    Slot<C> slot = slot(number(from));
    if (slot != null) {
      slot.others.put(writer, counts);
    }
  }

  /** Adds earlier counts of this process to those of a slot. */
  void add(Instant from, C counts) {
    Slot<C> slot = slot(number(from));
    if (slot != null) {
      addAll.accept(slot.own, counts);
    }
  }

  /**
   * Returns this process's counts of the slots that have changed since the collection that was last
   * {@link #written()}.
   *
   * @param text the counts as text; empty if there are none
   */
  List<TimeSeries.Part> changed(Function<C, String> text) {
    collected = changes;
    List<TimeSeries.Part> parts = new ArrayList<>();
    for (Slot<C> slot : ring) {
      String own = slot != null && slot.changed > written ? text.apply(slot.own) : "";
      if (slot != null && !own.isEmpty()) {
        Instant from = start(slot.number);
        parts.add(new TimeSeries.Part(from, start(slot.number + ring.size()), own));
      }
    }
    return parts;
  }

  /** Records that the most recently collected counts are in the store. */
  void written() {
    written = collected;
  }

  /** Returns whether the store has all counts of this process. */
  boolean isWritten() {
    return written == changes;
  }

  /** Returns all slots up to now, oldest first, empty ones included. */
  List<Sum<C>> until(Instant now) {
    long last = number(now);
    List<Sum<C>> sums = new ArrayList<>(ring.size());
    for (long number = last - ring.size() + 1; number <= last; number++) {
      Slot<C> slot = ring.get(place(number));
      boolean isIt = slot != null && slot.number == number;
      sums.add(new Sum<>(start(number), number, isIt && slot != null ? all(slot) : null));
    }
    return sums;
  }

  /** Returns the sum of the newest slots. */
  C last(int slots, Instant now) {
    C sum = empty.get();
    long last = number(now);
    for (Slot<C> slot : ring) {
      if (slot != null && slot.number <= last && slot.number > last - slots) {
        addAll.accept(sum, all(slot));
      }
    }
    return sum;
  }

  private C all(Slot<C> slot) {
    if (slot.others.isEmpty()) {
      return slot.own;
    }
    C sum = empty.get();
    addAll.accept(sum, slot.own);
    slot.others.values().forEach(counts -> addAll.accept(sum, counts));
    return sum;
  }

  /** Returns a slot, or null if it has left the ring. */
  private @Nullable Slot<C> slot(long number) {
    Slot<C> slot = ring.get(place(number));
    if (slot == null || slot.number < number) {
      slot = new Slot<>(number, empty.get());
      ring.set(place(number), slot);
    }
    return slot.number == number ? slot : null;
  }

  private int place(long number) {
    return (int) Math.floorMod(number, (long) ring.size());
  }

  private long number(Instant at) {
    return number(at.toEpochMilli());
  }

  private long number(long millis) {
    return Math.floorDiv(millis, spanMillis);
  }

  private Instant start(long number) {
    return Instant.ofEpochMilli(number * spanMillis);
  }
}
