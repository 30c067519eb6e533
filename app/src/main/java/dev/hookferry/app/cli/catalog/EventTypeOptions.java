package dev.hookferry.app.cli.catalog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.hookferry.app.cli.option.JsonOption;
import dev.hookferry.app.cli.option.OptionProblems;
import dev.hookferry.catalog.EventTypeFields;
import dev.hookferry.field.FieldTable;
import dev.hookferry.refusal.InvalidException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the fields of an event type. */
final class EventTypeOptions {
  @Option(
      names = "--description",
      paramLabel = "TEXT",
      description = "Description of the event in one sentence.")
  private @Nullable String description;

  @Option(
      names = "--example",
      paramLabel = "JSON",
      description = "The data of a typical event, or @FILE.")
  private @Nullable String example;

  @Option(
      names = "--schema",
      paramLabel = "JSON",
      description = "The JSON Schema of the data, or @FILE.")
  private @Nullable String schema;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      description = "Effect of a violation: off, warn or block; off for a new type.")
  private @Nullable String policy;

  @Option(
      names = "--deprecated",
      description = "Marks the type as deprecated: receivers should no longer rely on it.")
  private boolean deprecated;

  @Option(
      names = "--archived",
      description = "Marks the type as archived: it is kept for past events only.")
  private boolean archived;

  /** Returns the body of a request that replaces all fields. */
  ObjectNode body() {
    return given().put("deprecated", deprecated).put("archived", archived);
  }

  /**
   * Returns the fields that were given.
   *
   * @throws InvalidException with all errors in them
   */
  ObjectNode given() {
    OptionProblems problems = new OptionProblems();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (description != null) {
      body.put("description", description);
    }
    problems.check(() -> json(body, "example", example));
    problems.check(() -> json(body, "schema", schema));
    if (policy != null) {
      body.put("policy", policy);
    }
    if (deprecated) {
      body.put("deprecated", true);
    }
    if (archived) {
      body.put("archived", true);
    }
    problems.throwIfAny(
        FieldTable.of("EventTypeOptions", EventTypeFields.POLICY), body, (found, values) -> {});
    return body;
  }

  /** Sets a field to the JSON of the option of the same name, if it is given. */
  static void json(ObjectNode body, String name, @Nullable String value) {
    if (value != null) {
      body.putRawValue(name, new RawValue(JsonOption.text("--" + name, value)));
    }
  }
}
