package dev.hookferry.catalog;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.OutputKind;

/** The user-settable fields of an event type. */
public final class EventTypeFields {
  /** Maximum size of an example, in bytes of UTF-8. */
  public static final int MAX_EXAMPLE = 64 * 1024;

  /** Maximum number of schema versions that are retained, including the one in force. */
  public static final int MAX_VERSIONS = 20;

  /** Maximum total size of the retained versions except the one in force, in bytes of UTF-8. */
  public static final int MAX_HISTORY = 128 * 1024;

  /** Human-readable description. */
  public static final FieldSpec<String> DESCRIPTION =
      FieldSpec.of(
              "description", FieldKind.text(2_000), "Description of the event in one sentence.")
          .fallback("that of QLM's documentation for its types, otherwise empty")
          .example("An order was paid.");

  /** An example of the data. */
  public static final FieldSpec<Object> EXAMPLE =
      FieldSpec.<Object>of(
              "example",
              OutputKind.JSON,
              "The data of a typical event: any JSON value of at most 64 KiB. It must match the"
                  + " schema.")
          .fallback("a realistic one for QLM's types, otherwise none")
          .example("{\"Number\":\"4711\",\"Total\":99.5}");

  /** Its schema. */
  public static final FieldSpec<Object> SCHEMA =
      FieldSpec.<Object>of(
              "schema",
              OutputKind.JSON,
              "A JSON Schema of draft 2020-12 for the data: at most 64 KiB, and $ref only to its"
                  + " own parts.")
          .fallback("none")
          .example(
              "{\"type\":\"object\",\"required\":[\"Number\"],\"properties\":{\"Number\":{"
                  + "\"type\":\"string\"}}}");

  /** Treatment of data that violates the schema. */
  public static final FieldSpec<String> POLICY =
      FieldSpec.of(
              "policy",
              FieldKind.choice(SchemaPolicy.class, SchemaPolicy::code),
              "Treatment of an event that violates the schema: off does not check, warn accepts"
                  + " and marks it, block refuses it.")
          .fallback("off")
          .example("block");

  /** Deprecation mark: receivers should no longer rely on the type. */
  public static final FieldSpec<Boolean> DEPRECATED =
      FieldSpec.of(
              "deprecated",
              FieldKind.flag(),
              "Whether receivers should no longer rely on this type.")
          .fallback("false");

  /** Archive mark: the type is kept only for past events. */
  public static final FieldSpec<Boolean> ARCHIVED =
      FieldSpec.of(
              "archived",
              FieldKind.flag(),
              "Whether this type is only kept for past events. It can still be published.")
          .fallback("false");

  /** The fields of a request that describes an event type. */
  public static final FieldTable PUT =
      FieldTable.of("EventTypePut", DESCRIPTION, EXAMPLE, SCHEMA, POLICY, DEPRECATED, ARCHIVED)
          .named("EventTypePut", "Replaces the entry; an absent field gets its default.");

  /** The fields of a request that creates a new version of a schema. */
  public static final FieldTable VERSION =
      FieldTable.of(
              "SchemaVersionPut",
              SCHEMA,
              EXAMPLE.saying(
                  "An example that matches the new schema; without it, the current one must."))
          .requiring(SCHEMA);

  private EventTypeFields() {}
}
