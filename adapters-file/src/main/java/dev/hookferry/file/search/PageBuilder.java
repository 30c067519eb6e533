package dev.hookferry.file.search;

import dev.hookferry.file.index.IndexedList;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A page that fills. It looks for one more than it holds, to know whether there is another. */
public final class PageBuilder<T> {
  private final IndexedList listing;
  private final int limit;
  private final List<T> data = new ArrayList<>();
  private PageCursor last = PageCursor.START;
  private boolean hasMore;

  public PageBuilder(IndexedList listing, PageRequest request) {
    this.listing = listing;
    this.limit = request.limit();
  }

  /** Adds the next one, unless the page is full. */
  public void add(T next, PageCursor at) {
    if (data.size() == limit) {
      hasMore = true;
    } else {
      data.add(next);
      last = at;
    }
  }

  /** Whether nothing more is needed. */
  public boolean isFull() {
    return hasMore;
  }

  public Page<T> page() {
    return new Page<>(data, hasMore ? last.text(listing) : null);
  }

  /** The cursor behind the row of this id. */
  public static PageCursor cursor(UUID id) {
    return new PageCursor(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  /** Whether an id comes after a cursor, so that it belongs to a later page. */
  public static boolean isBefore(UUID id, PageCursor cursor) {
    if (cursor.equals(PageCursor.START)) {
      return true;
    }
    int high = Long.compareUnsigned(id.getMostSignificantBits(), cursor.high());
    return high < 0
        || (high == 0 && Long.compareUnsigned(id.getLeastSignificantBits(), cursor.low()) < 0);
  }
}
