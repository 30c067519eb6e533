package dev.hookferry.catalog;

import dev.hookferry.event.JsonValidator;
import dev.hookferry.event.Payload;
import dev.hookferry.refusal.Problems;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Specification of an event type: {@code EventTypeSpec.of("An order was
 * paid.").schema(json).policy(SchemaPolicy.BLOCK)}. It replaces any earlier specification, so a
 * field that is not set gets its default. Immutable; each method returns a copy, checks its
 * argument at once, and throws an {@link dev.hookferry.refusal.InvalidException} that names the
 * field and the rule.
 */
public final class EventTypeSpec {
  private static final EventTypeSpec EMPTY =
      new EventTypeSpec("", null, null, SchemaPolicy.OFF, false, false);

  private final String description;
  private final @Nullable String example;
  private final @Nullable String schema;
  private final SchemaPolicy policy;
  private final boolean deprecated;
  private final boolean archived;

  private EventTypeSpec(
      String description,
      @Nullable String example,
      @Nullable String schema,
      SchemaPolicy policy,
      boolean deprecated,
      boolean archived) {
    this.description = description;
    this.example = example;
    this.schema = schema;
    this.policy = policy;
    this.deprecated = deprecated;
    this.archived = archived;
  }

  /** Returns a specification with a description of at most 2,000 characters and no schema. */
  public static EventTypeSpec of(String description) {
    Objects.requireNonNull(description, "description");
    return EMPTY.description(description);
  }

  /** Returns a copy with the given description: at most 2,000 characters. */
  public EventTypeSpec description(String text) {
    Objects.requireNonNull(text, "text");
    Problems problems = new Problems();
    problems.requireText(EventTypeFields.DESCRIPTION.checked(text), "description");
    problems.throwIfAny();
    return new EventTypeSpec(text, example, schema, policy, deprecated, archived);
  }

  /**
   * Returns a copy with an example of the data: JSON of at most 64 KiB; null (default) for none.
   */
  public EventTypeSpec example(@Nullable String json) {
    if (json != null) {
      Payload bytes = Payload.of(json);
      Problems problems = new Problems();
      problems.require(
          bytes.size() <= EventTypeFields.MAX_EXAMPLE,
          "example",
          "must have at most " + EventTypeFields.MAX_EXAMPLE + " bytes (got " + bytes.size() + ")");
      problems.throwIfAny();
      JsonValidator.require("example", bytes);
    }
    return new EventTypeSpec(description, json, schema, policy, deprecated, archived);
  }

  /**
   * Returns a copy with a JSON Schema of draft 2020-12: at most 64 KiB; null (default) for none. It
   * is compiled when the specification is used.
   */
  public EventTypeSpec schema(@Nullable String json) {
    return new EventTypeSpec(description, example, json, policy, deprecated, archived);
  }

  /** Returns a copy with a policy for data that violates the schema; off by default. */
  public EventTypeSpec policy(SchemaPolicy choice) {
    Objects.requireNonNull(choice, "choice");
    return new EventTypeSpec(description, example, schema, choice, deprecated, archived);
  }

  /** Returns a copy that is marked as deprecated or not; false by default. */
  public EventTypeSpec deprecated(boolean now) {
    return new EventTypeSpec(description, example, schema, policy, now, archived);
  }

  /**
   * Returns a copy that marks whether the type is kept only for past events; false by default. It
   * can still be published.
   */
  public EventTypeSpec archived(boolean now) {
    return new EventTypeSpec(description, example, schema, policy, deprecated, now);
  }

  /** Returns the description; empty if there is none. */
  public String description() {
    return description;
  }

  /** Returns the example; null if there is none. */
  public @Nullable String example() {
    return example;
  }

  /** Returns the schema; null if there is none. */
  public @Nullable String schema() {
    return schema;
  }

  /** Returns the policy for data that violates the schema. */
  public SchemaPolicy policy() {
    return policy;
  }

  /** Returns whether receivers should no longer rely on it. */
  public boolean deprecated() {
    return deprecated;
  }

  /** Returns whether it is kept only for past events. */
  public boolean archived() {
    return archived;
  }
}
