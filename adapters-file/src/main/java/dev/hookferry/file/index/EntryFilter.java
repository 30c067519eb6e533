package dev.hookferry.file.index;

import dev.hookferry.query.TimeWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * A condition on index rows, built up by chained calls. Matches may be false positives, because
 * rows hold hashes; callers check the records. Not thread-safe.
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

  /** One list of keys per condition; an index must contain at least one key of each list. */
  private final List<List<Long>> presences = new ArrayList<>();

  /** Keys that a record must have; see {@link SegmentIndex#find}. */
  private final List<Long> keys = new ArrayList<>();

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

  public EntryFilter types(Set<Integer> some) {
    return check(TYPE, some, (place, kind) -> some.contains(IndexEntry.upper(kind)));
  }

  /** Requires the upper half of the listing's code to have one of these values. */
  public EntryFilter upperCodes(Set<Integer> some) {
    return check(UPPER_CODE, some, (place, kind) -> some.contains(IndexEntry.lower(kind) >>> 16));
  }

  /** Requires the lower half of the listing's code to have one of these values. */
  public EntryFilter lowerCodes(Set<Integer> some) {
    return check(LOWER_CODE, some, (place, kind) -> some.contains(IndexEntry.lower(kind) & 0xffff));
  }

  /** Requires the listing's code to have all of these bits. */
  public EntryFilter bits(int bits) {
    checks.add((place, kind) -> (IndexEntry.lower(kind) & bits) == bits);
    return this;
  }

  /** Requires the record to have this key: see {@link SegmentIndex#find}. */
  public EntryFilter key(long key) {
    presences.add(List.of(key));
    keys.add(key);
    return this;
  }

  /** Returns the keys that a record must have. */
  public List<Long> keys() {
    return List.copyOf(keys);
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

  /** Returns false if the index has no matching rows; true if it may have some. */
  public boolean mayMatch(SegmentIndex index) {
    SegmentIndex.Span span = index.span(listing);
    return mayMatch(span.first(), span.last())
        && presences.stream().allMatch(any -> any.stream().anyMatch(index::mayContain));
  }

  /** Returns whether rows within these times, both inclusive, may match. */
  public boolean mayMatch(long first, long last) {
    return last >= since && first < until;
  }

  /** Returns whether the time condition holds for the whole span. */
  boolean containsAll(SegmentIndex.Span span) {
    return span.first() >= since && span.last() < until;
  }

  /** Returns whether all conditions other than the time hold for this place and kind. */
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

  /** Passes the presence keys of a row with this place and kind to the sink. */
  static void presences(IndexedList listing, long place, long kind, LongConsumer sink) {
    sink.accept(IndexKeys.presence(listing, SITE, IndexEntry.upper(place)));
    sink.accept(IndexKeys.presence(listing, ENDPOINT, IndexEntry.lower(place)));
    sink.accept(IndexKeys.presence(listing, TYPE, IndexEntry.upper(kind)));
    sink.accept(IndexKeys.presence(listing, UPPER_CODE, IndexEntry.lower(kind) >>> 16));
    sink.accept(IndexKeys.presence(listing, LOWER_CODE, IndexEntry.lower(kind) & 0xffff));
  }

  /** A condition on place and kind. */
  private interface Check {
    boolean test(long place, long kind);
  }
}
