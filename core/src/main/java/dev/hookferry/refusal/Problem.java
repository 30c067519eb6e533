package dev.hookferry.refusal;

import java.io.Serializable;
import java.util.Objects;

/**
 * One thing that is wrong with an input.
 *
 * @param field the path of the offending field, as the caller wrote it, such as {@code
 *     events[3].type}; empty when the input as a whole is meant
 * @param reason what is wrong and what would be right, as one sentence without the field's name
 */
public record Problem(String field, String reason) implements Serializable {
  public Problem {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(reason, "reason");
  }

  @Override
  public String toString() {
    return field.isEmpty() ? reason : field + ": " + reason;
  }
}
