package dev.hookferry.http.svix;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.hookferry.EventTypes;
import dev.hookferry.Webhooks;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.catalog.EventTypeSpec;
import dev.hookferry.catalog.SchemaVersion;
import dev.hookferry.catalog.VersionedSpec;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls on event types: all applications share those of the site {@code default}. */
final class SvixEventTypes {
  private static final SiteId SHARED = SiteId.DEFAULT;

  private final Webhooks webhooks;

  SvixEventTypes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  HttpReply list(Call call) {
    SvixQuery query = new SvixQuery(call.rawQuery());
    boolean archived = query.flag("include_archived", false);
    boolean content = query.flag("with_content", false);
    List<EventTypeDefinition> all =
        described().stream().filter(type -> archived || !type.archived()).toList();
    return SvixPage.select(
            all,
            type -> type.type().name(),
            type -> json(type, content),
            query,
            new SvixPage.Order("", false))
        .reply();
  }

  /** Returns the types that are declared or have a description, which omits QLM's other types. */
  private List<EventTypeDefinition> described() {
    var declared = webhooks.settings().get(SHARED).catalog().declared();
    return webhooks.eventTypes().all(SHARED).stream()
        .filter(type -> type.changedAt() != null || declared.contains(type.type()))
        .toList();
  }

  /** Returns the type of this name; empty if there is none. */
  Optional<EventTypeDefinition> find(String name) {
    return described().stream().filter(type -> type.type().name().equals(name)).findFirst();
  }

  HttpReply create(Call call) {
    SvixBody body = SvixBody.of(call.body());
    EventType type = type(body, body.required("name"));
    body.require(body.has("description"), "description", "is missing");
    VersionedSpec spec = spec(body, null);
    return reply(201, changed(call, type, current -> created(current, spec)));
  }

  private static VersionedSpec created(Optional<EventTypeDefinition> current, VersionedSpec spec) {
    if (current.filter(known -> !known.archived()).isPresent()) {
      throw SvixErrors.of(409, "event_type_exists", "An event type with this name already exists");
    }
    return spec;
  }

  HttpReply get(Call call) {
    return reply(200, present(call));
  }

  HttpReply put(Call call) {
    String name = call.variable("type");
    SvixBody body = SvixBody.of(call.body());
    EventType type = type(body, name);
    body.require(body.has("description"), "description", "is missing");
    VersionedSpec spec = spec(body, null);
    AtomicBoolean isNew = new AtomicBoolean();
    EventTypeDefinition changed =
        changed(
            call,
            type,
            current -> {
              isNew.set(current.isEmpty());
              return spec;
            });
    return reply(isNew.get() ? 201 : 200, changed);
  }

  HttpReply patch(Call call) {
    EventType type = present(call).type();
    SvixBody body = SvixBody.of(call.body());
    return reply(200, changed(call, type, current -> spec(body, existing(current))));
  }

  /** Archives a type, or removes it if the query has {@code expunge=true}. */
  HttpReply remove(Call call) {
    boolean expunge = new SvixQuery(call.rawQuery()).flag("expunge", false);
    EventTypeDefinition current = present(call);
    if (expunge) {
      acting(call).remove(SHARED, current.type());
    } else if (!current.archived()) {
      var unused = changed(call, current.type(), latest -> archived(existing(latest)));
    }
    return HttpReply.nothing();
  }

  private EventTypeDefinition present(Call call) {
    return find(call.variable("type")).orElseThrow(SvixErrors::notFound);
  }

  private static EventTypeDefinition existing(Optional<EventTypeDefinition> current) {
    return current.orElseThrow(SvixErrors::notFound);
  }

  private static VersionedSpec archived(EventTypeDefinition current) {
    VersionedSpec same = spec(SvixBody.of(new byte[0]), current);
    return new VersionedSpec(same.spec().archived(true), same.schemas());
  }

  private EventTypeDefinition changed(
      Call call, EventType type, Function<Optional<EventTypeDefinition>, VersionedSpec> change) {
    return acting(call).change(SHARED, type, change);
  }

  private EventTypes acting(Call call) {
    return webhooks.actingAs(call.actor()).eventTypes();
  }

  private static EventType type(SvixBody body, String name) {
    if (!EventType.isName(name)) {
      body.fault(
          "name", "must be 1 to 128 characters: parts of A-Z a-z 0-9 _ joined by single . or -");
      body.check();
    }
    return new EventType(name);
  }

  private static HttpReply reply(int status, EventTypeDefinition type) {
    return HttpReply.json(status, JsonOutput.values(json(type, true)));
  }

  private static Map<String, ?> json(EventTypeDefinition type, boolean content) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", type.type().name());
    json.put("description", type.description());
    json.put("archived", type.archived());
    json.put("deprecated", type.deprecated());
    json.put("schemas", content ? schemas(type) : null);
    Instant changedAt = Objects.requireNonNullElse(type.changedAt(), Instant.EPOCH);
    json.put("createdAt", Objects.requireNonNullElse(type.createdAt(), changedAt).toString());
    json.put("updatedAt", changedAt.toString());
    json.put("featureFlag", null);
    return json;
  }

  private static @Nullable Map<String, RawValue> schemas(EventTypeDefinition type) {
    if (type.versions().isEmpty()) {
      return null;
    }
    Map<String, RawValue> schemas = new LinkedHashMap<>();
    for (SchemaVersion version : type.versions()) {
      schemas.put(Integer.toString(version.number()), new RawValue(version.schema()));
    }
    return schemas;
  }

  /**
   * Reads an event type.
   *
   * @param before the type whose values absent fields keep; null if they get their defaults
   */
  private static VersionedSpec spec(SvixBody body, @Nullable EventTypeDefinition before) {
    String description = body.text("description", before == null ? "" : before.description());
    Boolean archived = body.flag("archived");
    Boolean deprecated = body.flag("deprecated");
    Map<Integer, String> schemas = new HashMap<>();
    if (before != null && !body.has("schemas")) {
      before.versions().forEach(version -> schemas.put(version.number(), version.schema()));
    }
    Map<String, String> given = body.json("schemas");
    if (given != null) {
      given.forEach((version, schema) -> add(body, schemas, version, schema));
    }
    body.require(
        body.text("featureFlag") == null && body.list("featureFlags").isEmpty(),
        "featureFlag",
        "must be absent: Hookferry has no feature flags and would show the type to everyone");
    body.check();
    EventTypeSpec spec =
        EventTypeSpec.of(description)
            .example(before == null ? null : before.example())
            .archived(archived == null ? before != null && before.archived() : archived)
            .deprecated(deprecated == null ? before != null && before.deprecated() : deprecated);
    return new VersionedSpec(spec, schemas);
  }

  private static void add(
      SvixBody body, Map<Integer, String> schemas, String version, String schema) {
    boolean isNumber = version.matches("[1-9][0-9]{0,8}");
    body.require(isNumber, "schemas", "must have version numbers from 1 as names");
    if (isNumber) {
      schemas.put(Integer.valueOf(version), schema);
    }
  }
}
