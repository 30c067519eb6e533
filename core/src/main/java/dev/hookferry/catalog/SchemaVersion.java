package dev.hookferry.catalog;

import java.time.Instant;
import java.util.Objects;

/**
 * One version of the schema of an event type.
 *
 * @param number from 1; the highest is in force
 * @param schema the JSON Schema as submitted
 * @param changedAt when the version was created, or last changed compatibly
 */
public record SchemaVersion(int number, String schema, Instant changedAt) {
  public SchemaVersion {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(changedAt, "changedAt");
  }
}
