package dev.hookferry.schema;

import dev.hookferry.event.Payload;
import java.util.List;

/** A compiled JSON Schema that validates data. Thread-safe. */
@FunctionalInterface
public interface CompiledSchema {
  /**
   * Validates the data of an event in bounded time, whatever the schema and the data. Data that
   * would take longer is reported as invalid.
   *
   * @param data valid JSON (see {@link dev.hookferry.event.JsonValidator})
   * @return up to ten violations, in the order of the data; empty if the data is valid
   */
  List<SchemaViolation> validate(Payload data);
}
