package dev.hookferry.file.index;

import dev.hookferry.query.TimeWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * What rows must be like to be looked at; built up by its verbs. Two rows may be alike by chance.
 */
public final class EntryFilter {
  private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE + 1);
  private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE - 1);
  private static final int SITE = 1;
  private static final int ENDPOINT = 2;
  private static final int TYPE = 3;
  private static final int UPPER_CODE = 4;
  private static final int LOWER_CODE = 5;

  private final IndexedList listing;
  private final List<Check> checks = new ArrayList<>();

  /** One of each must be there. */
  private final List<List<Long>> presences = new ArrayList<>();

  private long since = Long.MIN_VALUE;
  private long until = Long.MAX_VALUE;

  public EntryFilter(IndexedList listing) {
    this.listing = listing;
  }

  public IndexedList listing() {
    return listing;
  }

  public EntryFilter site(int site) {
    return check(SITE, Set.of(site), (place, kind) -> IndexEntry.upper(place) == site);
  }

  public EntryFilter endpoints(Set<Integer> some) {
    return check(ENDPOINT, some, (place, kind) -> some.contains(IndexEntry.lower(place)));
  }

  public EntryFilter type(int type) {
    return check(TYPE, Set.of(type), (place, kind) -> IndexEntry.upper(kind) == type);
  }

  /** By the upper half of the listing's own code. */
  public EntryFilter upperCode(int code) {
    return check(UPPER_CODE, Set.of(code), (place, kind) -> IndexEntry.lower(kind) >>> 16 == code);
  }

  /** By the lower half of the listing's own code. */
  public EntryFilter lowerCodes(Set<Integer> some) {
    return check(LOWER_CODE, some, (place, kind) -> some.contains(IndexEntry.lower(kind) & 0xffff));
  }

  private EntryFilter check(int column, Set<Integer> values, Check check) {
    presences.add(
        values.stream().map(value -> IndexKeys.presence(listing, column, value)).toList());
    checks.add(check);
    return this;
  }

  public EntryFilter within(TimeWindow window) {
    since = window.since() == null ? Long.MIN_VALUE : ceiling(window.since());
    until = window.until() == null ? Long.MAX_VALUE : ceiling(window.until());
    return this;
  }

  private static long ceiling(Instant time) {
    if (time.isBefore(EARLIEST)) {
      return Long.MIN_VALUE;
    }
    if (time.isAfter(LATEST)) {
      return Long.MAX_VALUE;
    }
    return time.minusNanos(1).toEpochMilli() + 1;
  }

  /** Whether an index may have such rows at all. */
  public boolean mayMatch(SegmentIndex index) {
    SegmentIndex.Span span = index.span(listing);
    return mayMatch(span.first(), span.last())
        && presences.stream().allMatch(any -> any.stream().anyMatch(index::mayContain));
  }

  /** Whether rows of which these are the earliest and the latest time may match. */
  public boolean mayMatch(long first, long last) {
    return last >= since && first < until;
  }

  /** Whether all rows between these times match. */
  boolean containsAll(SegmentIndex.Span span) {
    return span.first() >= since && span.last() < until;
  }

  /** Whether rows with this place and kind match, if their time does. */
  boolean matchesGroup(long place, long kind) {
    for (Check check : checks) {
      if (!check.test(place, kind)) {
        return false;
      }
    }
    return true;
  }

  public boolean matches(long[] rows, int at) {
    return mayMatch(rows[at + IndexEntry.TIME], rows[at + IndexEntry.TIME])
        && matchesGroup(rows[at + IndexEntry.PLACE], rows[at + IndexEntry.KIND]);
  }

  /** Hands out the keys of what is present in rows with this place and kind. */
  static void presences(IndexedList listing, long place, long kind, LongConsumer sink) {
    sink.accept(IndexKeys.presence(listing, SITE, IndexEntry.upper(place)));
    sink.accept(IndexKeys.presence(listing, ENDPOINT, IndexEntry.lower(place)));
    sink.accept(IndexKeys.presence(listing, TYPE, IndexEntry.upper(kind)));
    sink.accept(IndexKeys.presence(listing, UPPER_CODE, IndexEntry.lower(kind) >>> 16));
    sink.accept(IndexKeys.presence(listing, LOWER_CODE, IndexEntry.lower(kind) & 0xffff));
  }

  /** One condition. */
  private interface Check {
    boolean test(long place, long kind);
  }
}
