package dev.hookferry.filter;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The first clause of a filter that an event did not meet. Immutable.
 *
 * @param clause the clause as JSON, such as {@code {"$gte":10}}; at most 300 characters; longer
 *     ones are truncated with an ellipsis
 * @param path where the clause applies, such as {@code Customer.Country}; empty for the data as a
 *     whole
 * @param found the value at the path as JSON, exactly as published, such as {@code 9.99}; at most
 *     200 characters, longer ones truncated with an ellipsis; null if there is no value at the path
 *     or the path is empty
 */
public record FilterMismatch(String clause, String path, @Nullable String found) {
  /** A clause of one operator whose operand is a scalar or a list of scalars. */
  private static final Pattern ONE_OPERATOR =
      Pattern.compile(
          "\\{\"(\\$[A-Za-z]+)\":(\"(?:[^\"\\\\]|\\\\.)*+\"|[^\"\\[\\]{},]++|\\[[^\\[\\]{}]*+])}");

  public FilterMismatch {
    Objects.requireNonNull(clause, "clause");
    Objects.requireNonNull(path, "path");
  }

  /** Creates a mismatch; omits the value found if that is the data as a whole. */
  static FilterMismatch at(String path, String clause, PayloadValue value) {
    return new FilterMismatch(clause, path, path.isEmpty() ? null : value.source());
  }

  /**
   * Returns the condition that the event did not meet, without the value that was found, such as
   * {@code Seats must be at least 10}; for a clause that is not a single comparison, {@code Seats
   * must meet {"$or":[…]}}.
   */
  public String requirement() {
    return (path.isEmpty() ? "the data" : path) + " must " + rule();
  }

  /**
   * Returns a sentence such as {@code Seats must be at least 10, but is 9.99}; for a clause that is
   * not a single comparison, {@code Seats must meet {"$or":[…]}, but is 9.99}.
   */
  @Override
  public String toString() {
    String but = path.isEmpty() ? "" : found == null ? ", but is missing" : ", but is " + found;
    return requirement() + but;
  }

  private String rule() {
    Matcher one = ONE_OPERATOR.matcher(clause);
    Operator operator = one.matches() ? Operator.of(one.group(1)) : null;
    return operator == null ? "meet " + clause : operator.words(one.group(2));
  }
}
