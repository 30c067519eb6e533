package dev.hookferry.refusal;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A single problem with an input.
 *
 * @param field the path of the offending field as the caller wrote it, such as {@code
 *     events[3].type}; empty for the input as a whole
 * @param reason the rule that is violated, as one sentence without the field's name
 * @param unknown the name that does not exist, if that is the problem; otherwise null
 */
public record Problem(String field, String reason, @Nullable UnknownName unknown)
    implements Serializable {
  public Problem {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(reason, "reason");
  }

  /** Creates a problem that is not about an unknown name. */
  public Problem(String field, String reason) {
    this(field, reason, null);
  }

  @Override
  public String toString() {
    return field.isEmpty() ? reason : field + ": " + reason;
  }
}
