package dev.hookferry.app.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.migration.ImportReport.Kind;
import dev.hookferry.app.migration.ImportReport.Result;
import dev.hookferry.id.EventType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Imports event types into a site. */
final class TypeImport {
  private static final String TYPES = "event-types";
  private static final String SCHEMA = "schema";
  private static final String EXAMPLE = "example";
  private static final String DIALECT_FIELD = "$schema";
  private static final int MAX_DESCRIPTION = 2_000;

  /** The schema dialect that the server supports; schemas of others are read as this one. */
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private final TargetServer server;
  private final ImportReport report;
  private final ImportChoices choices;

  TypeImport(TargetServer server, ImportReport report, ImportChoices choices) {
    this.server = server;
    this.report = report;
    this.choices = choices;
  }

  /**
   * Imports event types.
   *
   * @param isNew whether the site does not exist, as in a dry run that would create it, so that
   *     there is nothing to read
   */
  void run(String site, boolean isNew, List<PlannedType> planned) {
    Map<String, JsonNode> existing = new HashMap<>();
    if (!isNew && !planned.isEmpty()) {
      for (JsonNode type : server.all(Path.ofSite(site, TYPES))) {
        existing.put(type.path("type").asText(), type);
      }
    }
    for (PlannedType type : planned) {
      if (EventType.isName(type.name())) {
        put(site, type, existing.getOrDefault(type.name(), MissingNode.getInstance()));
      } else {
        note(ImportNote.Kind.NO_COUNTERPART, type, "the event type, a name that is not allowed");
      }
    }
  }

  /** Saves a type; if the server refuses it, without its example and then without its schema. */
  private void put(String site, PlannedType type, JsonNode before) {
    List<ObjectNode> bodies =
        List.of(
            body(type, before, type.schema(), type.example()),
            body(type, before, type.schema(), null),
            body(type, before, null, null));
    String refusal = "";
    for (ObjectNode body : bodies.stream().distinct().toList()) {
      ObjectNode changes = FieldChanges.between(before, body);
      try {
        if (!changes.isEmpty() || !isDescribed(before)) {
          server.put(Path.ofSite(site, TYPES, type.name()), body);
        }
        written(type, before, FieldChanges.names(changes));
        return;
      } catch (ApiException e) {
        if (!TargetServer.isRefusal(e)) {
          throw e;
        }
        refusal = String.valueOf(e.getMessage());
        note(ImportNote.Kind.NO_COUNTERPART, type, "its schema or example: " + refusal);
      }
    }
    report.add(Kind.EVENT_TYPE, type.name(), Result.FAILED, refusal);
  }

  private void written(PlannedType type, JsonNode before, List<String> changes) {
    if (isDescribed(before)) {
      report.present(Kind.EVENT_TYPE, type.name(), changes);
    } else {
      report.add(Kind.EVENT_TYPE, type.name(), Result.CREATED, "");
    }
  }

  /** Returns whether a type is declared: the list also has undeclared types of past events. */
  private static boolean isDescribed(JsonNode before) {
    return before.has("changedAt");
  }

  /** Returns the request; fields that the other system does not provide keep their values. */
  private ObjectNode body(
      PlannedType type, JsonNode before, @Nullable JsonNode schema, @Nullable JsonNode example) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    put(body, "description", description(type), before);
    put(body, "deprecated", flag(type.deprecated()), before);
    put(body, "archived", flag(type.archived()), before);
    put(body, SCHEMA, schema == null ? null : readable(type, schema), before);
    put(body, EXAMPLE, example, before);
    body.put("policy", policy(body.has(SCHEMA), before.path("policy")));
    return body;
  }

  private static @Nullable JsonNode description(PlannedType type) {
    String text = type.description();
    return text == null
        ? null
        : TextNode.valueOf(text.substring(0, Math.min(MAX_DESCRIPTION, text.length())));
  }

  private static @Nullable JsonNode flag(@Nullable Boolean value) {
    return value == null ? null : BooleanNode.valueOf(value);
  }

  private String policy(boolean hasSchema, JsonNode before) {
    if (!hasSchema || (choices.policy() == null && before.isMissingNode())) {
      return "off";
    }
    return Objects.requireNonNullElse(choices.policy(), before.asText());
  }

  private static void put(
      ObjectNode body, String field, @Nullable JsonNode value, JsonNode before) {
    JsonNode chosen = value == null ? before.path(field) : value;
    if (!chosen.isMissingNode()) {
      body.set(field, chosen);
    }
  }

  private JsonNode readable(PlannedType type, JsonNode schema) {
    String dialect = schema.path(DIALECT_FIELD).asText("");
    if (dialect.isEmpty() || dialect.equals(DIALECT) || !schema.isObject()) {
      return schema;
    }
    note(
        ImportNote.Kind.DIFFERENT,
        type,
        "its schema names " + dialect + " and is read as JSON Schema 2020-12");
    ObjectNode copy = schema.deepCopy();
    copy.remove(DIALECT_FIELD);
    return copy;
  }

  private void note(ImportNote.Kind kind, PlannedType type, String text) {
    report.note(new ImportNote(kind, type.name(), text));
  }
}
