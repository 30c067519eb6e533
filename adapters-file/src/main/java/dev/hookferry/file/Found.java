package dev.hookferry.file;

import dev.hookferry.port.Page;
import dev.hookferry.port.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A page that fills. It looks for one more than it holds, to know whether there is another. */
final class Found<T> {
  private final Listing listing;
  private final int limit;
  private final List<T> data = new ArrayList<>();
  private Cursor last = Cursor.START;
  private boolean hasMore;

  Found(Listing listing, PageRequest request) {
    this.listing = listing;
    this.limit = request.limit();
  }

  /** Adds the next one, unless the page is full. */
  void add(T next, Cursor at) {
    if (data.size() == limit) {
      hasMore = true;
    } else {
      data.add(next);
      last = at;
    }
  }

  /** Whether nothing more is needed. */
  boolean isFull() {
    return hasMore;
  }

  Page<T> page() {
    return new Page<>(data, hasMore ? last.text(listing) : null);
  }

  /** The cursor behind the row of this id. */
  static Cursor cursor(UUID id) {
    return new Cursor(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  /** Whether an id comes after a cursor, so that it belongs to a later page. */
  static boolean isBefore(UUID id, Cursor cursor) {
    if (cursor.equals(Cursor.START)) {
      return true;
    }
    int high = Long.compareUnsigned(id.getMostSignificantBits(), cursor.high());
    return high < 0
        || (high == 0 && Long.compareUnsigned(id.getLeastSignificantBits(), cursor.low()) < 0);
  }
}
