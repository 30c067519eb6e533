package dev.hookferry.http.api;

import dev.hookferry.EventTypes;
import dev.hookferry.Webhooks;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.catalog.EventTypeFields;
import dev.hookferry.catalog.EventTypeSpec;
import dev.hookferry.catalog.SchemaPolicy;
import dev.hookferry.catalog.SchemaVersion;
import dev.hookferry.event.Payload;
import dev.hookferry.http.publish.DataSlice;
import dev.hookferry.http.resource.EventTypeJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.id.EventType;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls about event types, their schemas, and the documents of the catalogue. */
final class EventTypeRoutes {
  private static final String JSON = "application/json";

  private final Webhooks webhooks;

  EventTypeRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  HttpReply list(Call call) {
    PageRequest part = call.query().page();
    call.query().check();
    return HttpReply.ok(
        JsonOutput.one(EventTypeJson.PAGE, webhooks.eventTypes().list(call.site(), part)));
  }

  HttpReply get(Call call) {
    return HttpReply.ok(JsonOutput.one(EventTypeJson.TYPE, definition(call)));
  }

  HttpReply put(Call call) {
    EventType type = type(call);
    RequestFields fields = call.given(EventTypeFields.PUT, EventTypeJson.READ_ONLY);
    String description = EventTypeFields.DESCRIPTION.kind().read(fields, "description");
    String policy = EventTypeFields.POLICY.kind().read(fields, "policy");
    Boolean deprecated = EventTypeFields.DEPRECATED.kind().read(fields, "deprecated");
    Boolean archived = EventTypeFields.ARCHIVED.kind().read(fields, "archived");
    EventTypeSpec spec =
        fields
            .problems()
            .collect(
                "",
                () ->
                    EventTypeSpec.of(Objects.requireNonNullElse(description, ""))
                        .example(example(call)));
    fields.check();
    EventTypeSpec asked =
        Objects.requireNonNull(spec)
            .schema(fields.json("schema"))
            .policy(SchemaPolicy.fromCode(String.valueOf(policy)).orElse(SchemaPolicy.OFF))
            .deprecated(Boolean.TRUE.equals(deprecated))
            .archived(Boolean.TRUE.equals(archived));
    return HttpReply.ok(
        JsonOutput.one(EventTypeJson.TYPE, acting(call).put(call.site(), type, asked)));
  }

  HttpReply remove(Call call) {
    acting(call).remove(call.site(), call.id("event type", EventType::new));
    return HttpReply.nothing();
  }

  HttpReply versions(Call call) {
    return HttpReply.ok(JsonOutput.one(EventTypeJson.VERSIONS, definition(call)));
  }

  HttpReply version(Call call) {
    int number = number(call);
    SchemaVersion version =
        definition(call)
            .version(number)
            .orElseThrow(() -> new NotFoundException("schema version", number));
    return HttpReply.ok(JsonOutput.one(EventTypeJson.VERSION, version));
  }

  HttpReply putVersion(Call call) {
    EventType type = call.id("event type", EventType::new);
    int number = number(call);
    RequestFields fields = call.given(EventTypeFields.VERSION, EventTypeJson.READ_ONLY_VERSION);
    String schema = fields.json("schema");
    fields.problems().require(schema != null, "schema", "is missing");
    fields.check();
    EventTypeDefinition changed =
        acting(call)
            .addVersion(call.site(), type, number, Objects.requireNonNull(schema), example(call));
    return HttpReply.ok(JsonOutput.one(EventTypeJson.TYPE, changed));
  }

  HttpReply openApi(Call call) {
    return document(webhooks.eventTypes().openApi(call.site()));
  }

  HttpReply asyncApi(Call call) {
    return document(webhooks.eventTypes().asyncApi(call.site()));
  }

  private static HttpReply document(String text) {
    return HttpReply.of(200, JSON, text.getBytes(StandardCharsets.UTF_8));
  }

  private EventTypes acting(Call call) {
    return webhooks.actingAs(call.actor()).eventTypes();
  }

  private EventTypeDefinition definition(Call call) {
    return webhooks.eventTypes().get(call.site(), call.id("event type", EventType::new));
  }

  /**
   * Returns the type named by a request that creates one, in which an invalid name is a client
   * error.
   */
  private static EventType type(Call call) {
    String name = call.id("event type", text -> text);
    if (!EventType.isName(name)) {
      throw InvalidException.of(
          "type", "must be 1 to 128 characters: parts of A-Z a-z 0-9 _ joined by single . or -");
    }
    return new EventType(name);
  }

  private static int number(Call call) {
    return call.number("version", "version of the schema");
  }

  /** Returns the example in a request byte for byte, because tests send it unchanged. */
  private static @Nullable String example(Call call) {
    Payload example = DataSlice.ofField(call.body(), Set.of(EventTypeFields.EXAMPLE.name()));
    return example == null ? null : example.text();
  }
}
