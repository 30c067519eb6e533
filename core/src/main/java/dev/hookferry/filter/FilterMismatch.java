package dev.hookferry.filter;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The first clause of a filter that an event did not meet. Immutable.
 *
 * @param clause the clause as JSON, such as {@code {"$gte":10}}; at most 300 characters, a longer
 *     one is cut and ends with an ellipsis
 * @param path where the clause applies, such as {@code Customer.Country}; empty for the data as a
 *     whole
 * @param found the value at the path as JSON, exactly as published, such as {@code 9.99}; at most
 *     200 characters, a longer one is cut and ends with an ellipsis; null if nothing is there or
 *     the path is empty
 */
public record FilterMismatch(String clause, String path, @Nullable String found) {
  public FilterMismatch {
    Objects.requireNonNull(clause, "clause");
    Objects.requireNonNull(path, "path");
  }

  /** A mismatch that does not show the data as a whole. */
  static FilterMismatch at(String path, String clause, PayloadValue value) {
    return new FilterMismatch(clause, path, path.isEmpty() ? null : value.source());
  }

  /** Returns a sentence such as {@code Seats must meet {"$gte":10}, but is 9.99}. */
  @Override
  public String toString() {
    String subject = path.isEmpty() ? "the data" : path;
    String but = path.isEmpty() ? "" : found == null ? ", but is missing" : ", but is " + found;
    return subject + " must meet " + clause + but;
  }
}
