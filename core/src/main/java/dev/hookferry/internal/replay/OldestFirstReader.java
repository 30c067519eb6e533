package dev.hookferry.internal.replay;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.query.Page;
import dev.hookferry.query.TimeWindow;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reader of deliveries, oldest first, from lists that are newest first. Reads time slices that fit
 * on one page, and adapts their length to the number of deliveries found. Not thread-safe; methods
 * block.
 */
public final class OldestFirstReader {
  /** Shortest slice in milliseconds; deliveries of one millisecond are always read together. */
  private static final long MIN_LENGTH = 1;

  /** Below this number of deliveries in a slice, the next one is much longer. */
  private static final int FEW = 100;

  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  /** Placeholder for the id in a cursor between deliveries; sorts before every id. */
  private static final String NO_ID = "-";

  private static final Pattern CURSOR = Pattern.compile("(\\d{1,15})/(\\S+)");

  private static final Comparator<Delivery> OLDEST_FIRST =
      Comparator.comparingLong(OldestFirstReader::createdMillis)
          .thenComparing(delivery -> delivery.id().toString());

  private final Pages pages;
  private final TimeWindow whole;
  private final long end;
  private final Deque<Delivery> slice = new ArrayDeque<>();
  private long next;
  private long length;
  private long lastMillis = Long.MIN_VALUE;
  private String lastId = "";
  private @Nullable String cursor;

  /** Source of deliveries, newest first. */
  interface Pages {
    /** Returns a page of the deliveries created within this time, newest first. */
    Page<Delivery> page(TimeWindow created, @Nullable String cursor);
  }

  /**
   * Creates a reader.
   *
   * @param window when the deliveries were created
   * @param cursor the {@link #cursor()} of another reader, to continue from there; null to begin
   */
  OldestFirstReader(Pages pages, TimeWindow window, @Nullable String cursor) {
    this.pages = pages;
    next = millis(window.since(), Instant.EPOCH);
    // The end is exclusive, and need not be a whole millisecond.
    end = Math.min(millis(window.until(), LATEST) + 1, LATEST.toEpochMilli());
    whole = window;
    Matcher place = CURSOR.matcher(cursor == null ? "" : cursor);
    if (place.matches()) {
      lastMillis = Long.parseLong(place.group(1));
      lastId = place.group(2);
      next = Math.max(next, lastMillis);
      this.cursor = cursor;
    }
    length = Math.max(MIN_LENGTH, end - next);
  }

  /**
   * Returns the position after everything that was returned, or searched without a match; null at
   * the beginning.
   */
  @Nullable String cursor() {
    return cursor;
  }

  /** Returns at most this many of the next deliveries; empty at the end. */
  public List<Delivery> next(int atMost) {
    return next(atMost, () -> false);
  }

  /**
   * Returns at most this many of the next deliveries. Once {@code isLate}, it returns those found
   * so far, which may be none even if more follow.
   */
  List<Delivery> next(int atMost, BooleanSupplier isLate) {
    List<Delivery> some = new ArrayList<>();
    while (some.size() < atMost && hasNext(isLate) && !slice.isEmpty()) {
      Delivery delivery = slice.remove();
      cursor = createdMillis(delivery) + "/" + delivery.id();
      some.add(delivery);
    }
    return some;
  }

  /** Returns whether there are more. */
  public boolean hasNext() {
    return hasNext(() -> false);
  }

  /** Returns whether there are more, or may be because {@code isLate} ended the search. */
  boolean hasNext(BooleanSupplier isLate) {
    while (slice.isEmpty() && next < end && !isLate.getAsBoolean()) {
      readSlice();
      if (slice.isEmpty() && next > lastMillis) {
        cursor = next + "/" + NO_ID;
      }
    }
    return !slice.isEmpty() || next < end;
  }

  private void readSlice() {
    long until = Math.min(end, next + length);
    TimeWindow created =
        TimeWindow.ALL.since(Instant.ofEpochMilli(next)).until(Instant.ofEpochMilli(until));
    Page<Delivery> page = pages.page(created, null);
    if (page.next() != null && until - next > MIN_LENGTH) {
      length = Math.max(MIN_LENGTH, (until - next) / 4);
      return;
    }
    List<Delivery> all = new ArrayList<>(page.data());
    while (page.next() != null) {
      page = pages.page(created, page.next());
      all.addAll(page.data());
    }
    all.removeIf(delivery -> isPast(delivery) || !whole.contains(delivery.createdAt()));
    all.sort(OLDEST_FIRST);
    slice.addAll(all);
    next = until;
    length = Math.min(end, (all.size() < FEW ? 8 : 2) * length);
  }

  private boolean isPast(Delivery delivery) {
    long millis = createdMillis(delivery);
    return millis < lastMillis
        || (millis == lastMillis && delivery.id().toString().compareTo(lastId) <= 0);
  }

  private static long millis(@Nullable Instant bound, Instant otherwise) {
    if (bound == null) {
      return otherwise.toEpochMilli();
    }
    boolean isEarly = bound.isBefore(Instant.EPOCH);
    return isEarly ? 0 : (bound.isAfter(LATEST) ? LATEST : bound).toEpochMilli();
  }

  private static long createdMillis(Delivery delivery) {
    return delivery.createdAt().toEpochMilli();
  }
}
