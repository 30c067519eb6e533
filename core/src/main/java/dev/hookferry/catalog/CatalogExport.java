package dev.hookferry.catalog;

import dev.hookferry.event.Envelope;
import dev.hookferry.event.Payload;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.site.Site;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Export of a site's catalogue as documents for code generators: OpenAPI 3.1 with {@code webhooks},
 * and AsyncAPI 3. Both describe the body as receivers get it, in the envelope of the site.
 */
public final class CatalogExport {
  private static final Instant EXAMPLE_TIME = Instant.parse("2026-01-01T12:00:00Z");

  /** Descriptions of the headers that every request has, by name. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "webhook-id", "The event's id, the same on every retry.",
          "webhook-timestamp", "Unix seconds of this attempt.",
          "Hookferry-Event-Type", "The event type.");

  private final Site site;
  private final List<EventTypeDefinition> types;

  private CatalogExport(Site site, List<EventTypeDefinition> types) {
    this.site = site;
    this.types = types;
  }

  /** Returns an OpenAPI 3.1 document, as JSON, with a webhook for each type. */
  public static String openApi(Site site, List<EventTypeDefinition> types) {
    CatalogExport export = of(site, types);
    return new JsonWriter()
        .text("openapi", "3.1.0")
        .object("info", site, CatalogExport::info)
        .object("webhooks", export, (json, all) -> all.webhooks(json))
        .end();
  }

  /** Returns an AsyncAPI 3 document, as JSON, with a channel for each type. */
  public static String asyncApi(Site site, List<EventTypeDefinition> types) {
    CatalogExport export = of(site, types);
    return new JsonWriter()
        .text("asyncapi", "3.0.0")
        .object("info", site, CatalogExport::info)
        .text("defaultContentType", "application/json")
        .object("channels", export, (json, all) -> all.channels(json))
        .object("operations", export, (json, all) -> all.operations(json))
        .end();
  }

  private static CatalogExport of(Site site, List<EventTypeDefinition> types) {
    return new CatalogExport(
        Objects.requireNonNull(site, "site"), List.copyOf(Objects.requireNonNull(types, "types")));
  }

  private static void info(JsonWriter json, Site site) {
    json.text("title", "Webhooks of " + site.id()).text("version", "1");
  }

  private void webhooks(JsonWriter json) {
    for (EventTypeDefinition type : types) {
      json.object(type.type().name(), type, (path, each) -> path.object("post", each, this::post));
    }
  }

  private void post(JsonWriter json, EventTypeDefinition type) {
    json.text("operationId", type.type().name());
    described(json, type);
    json.flag("deprecated", type.deprecated())
        .objects("parameters", HEADERS.keySet().stream().sorted().toList(), CatalogExport::header)
        .object(
            "requestBody",
            type,
            (body, each) -> {
              body.flag("required", true)
                  .object(
                      "content",
                      each,
                      (content, one) -> content.object("application/json", one, this::media));
            })
        .object("responses", type, CatalogExport::responses);
  }

  private static void described(JsonWriter json, EventTypeDefinition type) {
    json.text("summary", type.description().isEmpty() ? type.type().name() : type.description());
  }

  private static void header(JsonWriter json, String name) {
    json.text("name", name)
        .text("in", "header")
        .text("description", HEADERS.get(name))
        .json("schema", "{\"type\":\"string\"}");
  }

  private void media(JsonWriter json, EventTypeDefinition type) {
    json.json("schema", schema(type)).json("example", example(type));
  }

  private static void responses(JsonWriter json, EventTypeDefinition type) {
    json.object(
        "2XX",
        type,
        (reply, each) -> reply.text("description", "Received; any other response is retried."));
  }

  private void channels(JsonWriter json) {
    for (EventTypeDefinition type : types) {
      json.object(
          type.type().name(),
          type,
          (channel, each) -> {
            described(channel, each);
            channel.object(
                "messages", each, (messages, one) -> messages.object("event", one, this::message));
          });
    }
  }

  private void message(JsonWriter json, EventTypeDefinition type) {
    json.text("name", type.type().name()).json("payload", schema(type));
    String example = example(type);
    if (example != null) {
      json.objects("examples", List.of(example), (each, text) -> each.json("payload", text));
    }
  }

  private void operations(JsonWriter json) {
    for (EventTypeDefinition type : types) {
      BiConsumer<JsonWriter, EventTypeDefinition> channel =
          (reference, each) -> reference.text("$ref", "#/channels/" + each.type());
      json.object(
          type.type().name(),
          type,
          (operation, each) -> operation.text("action", "send").object("channel", each, channel));
    }
  }

  private Envelope envelope() {
    return site.settings().envelope();
  }

  /**
   * Returns the schema of payloads. References within the data's schema resolve against its id,
   * wherever it is in the document.
   */
  private String schema(EventTypeDefinition type) {
    String data =
        type.schema()
            .map(version -> named(version.schema().strip(), type, version.number()))
            .orElse("{}");
    return envelope().schema(type.type(), data);
  }

  private String named(String schema, EventTypeDefinition type, int version) {
    if (!schema.contains("\"$ref\"") || schema.contains("\"$id\"")) {
      return schema;
    }
    String id = "urn:hookferry:" + site.id() + ":" + type.type() + ":" + version;
    return "{\"$id\":\"" + id + "\"," + schema.substring(1);
  }

  private @Nullable String example(EventTypeDefinition type) {
    String data = type.example();
    return data == null
        ? null
        : envelope().wrap(type.type(), EXAMPLE_TIME, Payload.of(data)).text();
  }
}
