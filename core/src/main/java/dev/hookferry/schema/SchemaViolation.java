package dev.hookferry.schema;

import java.util.Objects;

/**
 * One way in which data violates a schema. Contains no values of the data, which may be personal.
 *
 * @param path the place in the data as a JSON Pointer, such as {@code /Customer/Email}; empty for
 *     the data as a whole
 * @param reason the violated rule, such as {@code must satisfy "type": "string"}
 */
public record SchemaViolation(String path, String reason) {
  public SchemaViolation {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(reason, "reason");
  }

  /** Returns path and reason as one text. */
  @Override
  public String toString() {
    return path.isEmpty() ? reason : path + " " + reason;
  }
}
