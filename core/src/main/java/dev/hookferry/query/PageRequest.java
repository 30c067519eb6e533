package dev.hookferry.query;

import dev.hookferry.refusal.InvalidException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Request for a page of a list: {@code PageRequest.of(100).after(page.next())}. Immutable; each
 * method returns a copy.
 */
public final class PageRequest {
  /** The maximum page size. */
  public static final int MAX_LIMIT = 500;

  /** The first page, with the default size of 50. */
  public static final PageRequest FIRST = of(50);

  private final int limit;
  private final @Nullable String cursor;

  private PageRequest(int limit, @Nullable String cursor) {
    this.limit = limit;
    this.cursor = cursor;
  }

  /**
   * Returns a request for the first page.
   *
   * @param limit maximum number of entries, 1 to 500
   * @throws InvalidException if the limit is out of bounds
   */
  public static PageRequest of(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw InvalidException.of("limit", "must be from 1 to " + MAX_LIMIT + " (got " + limit + ")");
    }
    return new PageRequest(limit, null);
  }

  /** Returns a copy for the page at a cursor: {@link Page#next}, or null for the first page. */
  public PageRequest after(@Nullable String next) {
    return new PageRequest(limit, next);
  }

  /** Returns the maximum number of entries. */
  public int limit() {
    return limit;
  }

  /** Returns {@link Page#next} of the previous page, or null for the first page. */
  public @Nullable String cursor() {
    return cursor;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PageRequest request
        && limit == request.limit
        && Objects.equals(cursor, request.cursor);
  }

  @Override
  public int hashCode() {
    return Objects.hash(limit, cursor);
  }

  /** Returns the limit and the cursor. */
  @Override
  public String toString() {
    return limit + (cursor == null ? "" : " after " + cursor);
  }
}
