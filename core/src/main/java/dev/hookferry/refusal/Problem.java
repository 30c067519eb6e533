package dev.hookferry.refusal;

import java.io.Serializable;
import java.util.Objects;

/**
 * A single problem with an input.
 *
 * @param field the path of the offending field as the caller wrote it, such as {@code
 *     events[3].type}; empty for the input as a whole
 * @param reason the rule that is violated, as one sentence without the field's name
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
