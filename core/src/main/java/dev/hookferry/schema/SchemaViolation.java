package dev.hookferry.schema;

import java.util.Objects;

/**
 * A violation of a schema. Contains no values from the data, since they may be personal.
 *
 * @param path the location in the data as a JSON Pointer, such as {@code /Customer/Email}; empty
 *     for the data as a whole
 * @param reason the violated rule, such as {@code must satisfy "type": "string"}
 */
public record SchemaViolation(String path, String reason) {
  public SchemaViolation {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(reason, "reason");
  }

  /** Returns the path and the reason as one string. */
  @Override
  public String toString() {
    return path.isEmpty() ? reason : path + " " + reason;
  }
}
