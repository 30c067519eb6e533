package dev.hookferry.query;

import dev.hookferry.refusal.InvalidException;
import org.jspecify.annotations.Nullable;

/**
 * Request for a page of a list.
 *
 * @param limit maximum number of entries, 1 to 500
 * @param cursor {@link Page#next} of the previous page, or null for the first page
 */
public record PageRequest(int limit, @Nullable String cursor) {
  /** The maximum page size. */
  public static final int MAX_LIMIT = 500;

  /** The first page, with the default size of 50. */
  public static final PageRequest FIRST = new PageRequest(50, null);

  public PageRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw InvalidException.of("limit", "must be from 1 to 500");
    }
  }
}
