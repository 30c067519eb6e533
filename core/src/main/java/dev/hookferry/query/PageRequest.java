package dev.hookferry.query;

import dev.hookferry.refusal.InvalidException;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param limit 1 to 500
 * @param cursor {@link Page#next} of the page before, or null for the first
 */
public record PageRequest(int limit, @Nullable String cursor) {
  /** As many as a page can have. */
  public static final int MAX_LIMIT = 500;

  /** The first page of the usual size. */
  public static final PageRequest FIRST = new PageRequest(50, null);

  public PageRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw InvalidException.of("limit", "must be from 1 to 500");
    }
  }
}
