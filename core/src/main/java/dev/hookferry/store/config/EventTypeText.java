package dev.hookferry.store.config;

import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.catalog.SchemaPolicy;
import dev.hookferry.catalog.SchemaVersion;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.json.JsonMembers;
import dev.hookferry.json.JsonWriter;
import java.time.Instant;
import java.util.Objects;

/** Stored form of an event type's description, used by every store: one line of JSON in ASCII. */
public final class EventTypeText {
  private EventTypeText() {}

  /** Writes an event type. */
  public static String write(EventTypeDefinition definition) {
    Objects.requireNonNull(definition, "definition");
    Instant createdAt = definition.createdAt();
    Instant changedAt = definition.changedAt();
    return new JsonWriter()
        .text("site", definition.site().value())
        .text("type", definition.type().name())
        .text("description", definition.description())
        .text("example", definition.example())
        .text("policy", definition.policy().name())
        .flag("deprecated", definition.deprecated())
        .flag("archived", definition.archived())
        .objects("versions", definition.versions(), EventTypeText::version)
        .text("createdAt", createdAt == null ? null : createdAt.toString())
        .text("changedAt", changedAt == null ? null : changedAt.toString())
        .end();
  }

  /** Reads the output of {@link #write}. */
  public static EventTypeDefinition read(JsonMembers members) {
    Objects.requireNonNull(members, "members");
    return new EventTypeDefinition(
        members.text("site", SiteId::new),
        members.text("type", EventType::new),
        members.text("description"),
        members.textOrNull("example", text -> text),
        members.text("policy", SchemaPolicy::valueOf),
        members.flag("deprecated"),
        members.flagIfThere("archived"),
        members.objects("versions", EventTypeText::version),
        members.textOrNull("createdAt", Instant::parse),
        members.textOrNull("changedAt", Instant::parse));
  }

  private static void version(JsonWriter json, SchemaVersion version) {
    json.number("number", version.number())
        .text("schema", version.schema())
        .text("changedAt", version.changedAt().toString());
  }

  private static SchemaVersion version(JsonMembers members) {
    return new SchemaVersion(
        Math.toIntExact(members.number("number")),
        members.text("schema"),
        members.text("changedAt", Instant::parse));
  }
}
