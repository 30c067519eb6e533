package dev.hookferry.http.resource;

import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.catalog.EventTypeFields;
import dev.hookferry.catalog.SchemaVersion;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.query.Page;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Event types as the API returns them. */
public final class EventTypeJson {
  private static final FieldSpec<String> NAME =
      FieldSpec.of("type", FieldKind.text(), "The event type.").example("order.paid");

  /** Names of the read-only fields of an event type, which requests cannot set. */
  public static final Set<String> READ_ONLY = Set.of("type", "version", "changedAt");

  /** Names of the read-only fields of a version, which requests cannot set. */
  public static final Set<String> READ_ONLY_VERSION = Set.of("version", "changedAt");

  /** A version of a schema. */
  public static final ResponseShape<SchemaVersion> VERSION =
      ResponseShape.<SchemaVersion>of("SchemaVersion")
          .always(
              FieldSpec.of("version", FieldKind.count(), "The number of the version.").example(2),
              SchemaVersion::number)
          .always(
              EventTypeFields.SCHEMA.saying("The JSON Schema."),
              version -> JsonOutput.raw(version.schema()))
          .always(
              FieldSpec.of("changedAt", FieldKind.time(), "When it was created or last changed."),
              SchemaVersion::changedAt);

  /** An event type. */
  public static final ResponseShape<EventTypeDefinition> TYPE =
      ResponseShape.<EventTypeDefinition>of("EventType")
          .always(NAME, EventTypeDefinition::type)
          .always(EventTypeFields.DESCRIPTION, EventTypeDefinition::description)
          .ifAny(
              EventTypeFields.EXAMPLE.saying(
                  "The data of a typical event; absent if none is known."),
              type -> raw(type.example()))
          .ifAny(
              EventTypeFields.SCHEMA.saying("The JSON Schema in force; absent if there is none."),
              type -> raw(type.schema().map(SchemaVersion::schema).orElse(null)))
          .ifAny(
              FieldSpec.of(
                      "version",
                      FieldKind.count(),
                      "The version of the schema in force; absent if there is none.")
                  .example(2),
              type -> type.schema().map(SchemaVersion::number).orElse(null))
          .always(EventTypeFields.POLICY, type -> type.policy().code())
          .always(EventTypeFields.DEPRECATED, EventTypeDefinition::deprecated)
          .always(EventTypeFields.ARCHIVED, EventTypeDefinition::archived)
          .ifAny(
              FieldSpec.of(
                  "changedAt",
                  FieldKind.time(),
                  "When it was last changed; absent if it has no description."),
              EventTypeDefinition::changedAt);

  /** A page of event types. */
  public static final ResponseShape<Page<EventTypeDefinition>> PAGE = TYPE.page("EventTypes");

  /** The versions of a schema. */
  public static final ResponseShape<EventTypeDefinition> VERSIONS =
      ResponseShape.<EventTypeDefinition>of("SchemaVersions")
          .always(
              FieldSpec.of(
                  "data",
                  VERSION.asList(),
                  "The versions that are kept, oldest first; the last one is in force."),
              type -> VERSION.list(type.versions()));

  private EventTypeJson() {}

  private static JsonOutput.@Nullable Writing raw(@Nullable String json) {
    return json == null ? null : JsonOutput.raw(json);
  }
}
