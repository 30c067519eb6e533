package dev.hookferry.schema;

import dev.hookferry.event.Payload;
import java.util.List;

/** A JSON Schema that is ready to check data. Thread-safe. */
@FunctionalInterface
public interface CompiledSchema {
  /**
   * Checks the data of an event. Takes bounded time, whatever the schema and the data: data that
   * would take longer is invalid.
   *
   * @param data valid JSON (see {@link dev.hookferry.event.JsonValidator})
   * @return up to ten violations, in the order of the data; empty if it is valid
   */
  List<SchemaViolation> validate(Payload data);
}
