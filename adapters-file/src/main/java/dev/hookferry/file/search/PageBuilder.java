package dev.hookferry.file.search;

import dev.hookferry.file.index.IndexedList;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageBytes;
import dev.hookferry.query.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Builds a page. An item that no longer fits shows that there is another page. Not thread-safe. */
public final class PageBuilder<T> {
  private final IndexedList listing;
  private final int limit;
  private final List<T> data = new ArrayList<>();
  private final PageBytes bytes = new PageBytes();
  private PageCursor last = PageCursor.START;
  private boolean hasMore;

  public PageBuilder(IndexedList listing, PageRequest request) {
    this.listing = listing;
    this.limit = request.limit();
  }

  /** Adds the next item unless the page is full. */
  public void add(T next, PageCursor at) {
    add(next, at, 0);
  }

  /**
   * Adds the next item unless the page is full, by count or in bytes.
   *
   * @param size its size in bytes, which counts towards the page's limit
   */
  public void add(T next, PageCursor at, int size) {
    if (hasMore || data.size() == limit || !bytes.fits(size)) {
      hasMore = true;
    } else {
      data.add(next);
      last = at;
    }
  }

  /** Returns whether no more items are needed. */
  public boolean isFull() {
    return hasMore;
  }

  public Page<T> page() {
    return new Page<>(data, hasMore ? last.text(listing) : null);
  }

  /** Returns the cursor after the row with this id. */
  public static PageCursor cursor(UUID id) {
    return new PageCursor(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  /**
   * Returns whether an id comes after the cursor in descending order, so that it belongs to a later
   * page.
   */
  public static boolean isBefore(UUID id, PageCursor cursor) {
    if (cursor.equals(PageCursor.START)) {
      return true;
    }
    int high = Long.compareUnsigned(id.getMostSignificantBits(), cursor.high());
    return high < 0
        || (high == 0 && Long.compareUnsigned(id.getLeastSignificantBits(), cursor.low()) < 0);
  }
}
