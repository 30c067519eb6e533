package dev.hookferry.app.cli.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.refusal.InvalidException;
import picocli.CommandLine.Option;

/** Options of {@code change} that remove a field or mark from an event type. */
final class EventTypeRemovals {
  @Option(names = "--no-example", description = "Removes the example.")
  private boolean noExample;

  @Option(names = "--no-schema", description = "Removes the schema with all its versions.")
  private boolean noSchema;

  @Option(names = "--no-deprecated", description = "Removes the deprecated mark.")
  private boolean noDeprecated;

  @Option(names = "--no-archived", description = "Removes the archived mark.")
  private boolean noArchived;

  /** Returns whether the schema is removed. */
  boolean ofSchema() {
    return noSchema;
  }

  /**
   * Adds the removals to the fields that were given.
   *
   * @throws InvalidException if a field is both given and removed
   */
  void write(ObjectNode given) {
    requireEither(given, noExample, "example");
    requireEither(given, noSchema, "schema");
    requireEither(given, noDeprecated, "deprecated");
    requireEither(given, noArchived, "archived");
    if (noExample) {
      given.putNull("example");
    }
    if (noSchema) {
      given.putNull("schema");
    }
    if (noDeprecated) {
      given.put("deprecated", false);
    }
    if (noArchived) {
      given.put("archived", false);
    }
  }

  private static void requireEither(ObjectNode given, boolean removes, String field) {
    if (removes && given.has(field)) {
      throw InvalidException.of("--" + field, "must not be given with --no-" + field);
    }
  }
}
