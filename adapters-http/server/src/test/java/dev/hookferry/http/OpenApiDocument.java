package dev.hookferry.http;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.access.KeyFields;
import dev.hookferry.auth.AuthFields;
import dev.hookferry.auth.ClientCertificateFields;
import dev.hookferry.body.BodyFields;
import dev.hookferry.catalog.EventTypeFields;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.event.EventFields;
import dev.hookferry.field.FieldTable;
import dev.hookferry.http.api.EndpointRoutes;
import dev.hookferry.http.portal.PortalImageJson;
import dev.hookferry.http.portal.PortalJson;
import dev.hookferry.http.portal.PortalMissedJson;
import dev.hookferry.http.portal.PortalRoutingJson;
import dev.hookferry.http.resource.AttemptJson;
import dev.hookferry.http.resource.AuditJson;
import dev.hookferry.http.resource.BlockedKeyJson;
import dev.hookferry.http.resource.BodyJson;
import dev.hookferry.http.resource.DeliveryJson;
import dev.hookferry.http.resource.EgressJson;
import dev.hookferry.http.resource.EndpointJson;
import dev.hookferry.http.resource.EndpointProblemJson;
import dev.hookferry.http.resource.EventJson;
import dev.hookferry.http.resource.EventTypeJson;
import dev.hookferry.http.resource.KeyJson;
import dev.hookferry.http.resource.MasterKeyJson;
import dev.hookferry.http.resource.OutboxJson;
import dev.hookferry.http.resource.OwnFaultJson;
import dev.hookferry.http.resource.PolicyJson;
import dev.hookferry.http.resource.PortalLinkJson;
import dev.hookferry.http.resource.ReplayJson;
import dev.hookferry.http.resource.RoutingJson;
import dev.hookferry.http.resource.ServerPropertiesJson;
import dev.hookferry.http.resource.SigningKeyJson;
import dev.hookferry.http.resource.SiteJson;
import dev.hookferry.http.resource.SystemJson;
import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.http.wire.QueryFields;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.limit.LimitFields;
import dev.hookferry.replay.ReplayFields;
import dev.hookferry.retry.RetryFields;
import dev.hookferry.site.PortalFields;
import dev.hookferry.site.SiteFields;
import dev.hookferry.site.SiteSettingFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Assembles the OpenAPI document. The route table says which calls there are, who may make them,
 * and what they take; the field tables say what bodies look like; {@code src/main/openapi} has the
 * words, and what is no field: failures, tags, how to sign in.
 */
final class OpenApiDocument {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path WORDS = Path.of("src/main/openapi");

  private static final List<FieldTable> REQUESTS =
      List.of(
          EventFields.NEW,
          EventJson.REPLAY,
          EndpointFields.NEW,
          EndpointFields.TRIAL,
          EndpointFields.CHANGE,
          EndpointRoutes.RESUMPTION,
          EndpointRoutes.TEST,
          EndpointRoutes.ROTATION,
          RoutingJson.TEST,
          BodyJson.PREVIEW,
          EventTypeFields.PUT,
          EventTypeFields.VERSION,
          BlockedKeyJson.CHOICE,
          EndpointProblemJson.ACKNOWLEDGEMENT,
          EndpointProblemJson.MUTE,
          SiteSettingFields.CHANGE,
          ReplayFields.CRITERIA,
          ReplayFields.JOB,
          ReplayFields.AT_ONCE,
          KeyFields.NEW,
          SiteFields.NEW,
          SiteFields.CHANGE,
          PortalLinkJson.NEW,
          PortalImageJson.NEW,
          PortalJson.EXCHANGE,
          PortalJson.NEW_ENDPOINT,
          PortalJson.ENDPOINT_CHANGE,
          PortalJson.RESUMPTION,
          PortalJson.ROTATION,
          PortalJson.RETRY,
          PortalMissedJson.PERIOD,
          OutboxJson.SELECTION);

  private static final List<ResponseShape<?>> RESPONSES =
      List.of(
          EventJson.EVENT,
          EventJson.PAGE,
          EventJson.WITH_DELIVERIES,
          EventJson.RESENT,
          EventJson.RECEIPT,
          EndpointJson.HEALTH,
          EndpointJson.PUBLIC_KEY,
          EndpointJson.ENDPOINT,
          EndpointJson.PAGE,
          EndpointJson.REVEALED,
          EndpointJson.TRIED,
          PolicyJson.RETRY_IN_FORCE,
          PolicyJson.TIMEOUT,
          PolicyJson.RATE,
          PolicyJson.CONCURRENCY,
          PolicyJson.EGRESS,
          PolicyJson.POLICY,
          RoutingJson.ROUTING,
          RoutingJson.PAGE,
          RoutingJson.SAMPLE,
          RoutingJson.TRIED,
          ServerPropertiesJson.PLANNED,
          ServerPropertiesJson.PREVIEW,
          BodyJson.VERSION,
          BodyJson.PREVIEWED,
          EventTypeJson.VERSION,
          EventTypeJson.TYPE,
          EventTypeJson.PAGE,
          EventTypeJson.VERSIONS,
          BlockedKeyJson.KEY,
          BlockedKeyJson.PAGE,
          EndpointProblemJson.NOTE,
          EndpointProblemJson.PROBLEM,
          EndpointProblemJson.PAGE,
          DeliveryJson.DELIVERY,
          DeliveryJson.PAGE,
          DeliveryJson.WITH_LOG,
          AttemptJson.TIMING,
          AttemptJson.HEADER,
          AttemptJson.RESPONSE,
          AttemptJson.ATTEMPT,
          AttemptJson.PAGE,
          ReplayJson.JOB,
          ReplayJson.PAGE,
          ReplayJson.COUNTED,
          ReplayJson.PREVIEW,
          SiteJson.SITE,
          SiteJson.PAGE,
          KeyJson.KEY,
          KeyJson.PAGE,
          KeyJson.ISSUED,
          MasterKeyJson.KEY,
          MasterKeyJson.STATUS,
          MasterKeyJson.ROTATED,
          SigningKeyJson.KEY,
          SigningKeyJson.KEYS,
          SigningKeyJson.JWK,
          SigningKeyJson.JWKS,
          AuditJson.CHANGE,
          AuditJson.ENTRY,
          AuditJson.PAGE,
          PortalLinkJson.LINK,
          PortalLinkJson.SESSION,
          PortalLinkJson.SESSIONS,
          PortalImageJson.IMAGE,
          PortalImageJson.IMAGES,
          PortalJson.OPENED,
          PortalJson.HEALTH,
          PortalJson.ENDPOINT,
          PortalJson.ENDPOINTS,
          PortalJson.ATTEMPT,
          PortalJson.DELIVERY,
          PortalJson.DELIVERIES,
          PortalJson.WITH_LOG,
          PortalJson.RETRIED,
          PortalMissedJson.MISSED,
          PortalRoutingJson.ROUTING,
          PortalRoutingJson.EXPLAINED,
          PortalJson.EVENT_TYPE,
          PortalJson.EVENT_TYPES,
          OutboxJson.OUTBOX,
          OutboxJson.PAGE,
          OutboxJson.ROW,
          OutboxJson.ROWS,
          OutboxJson.RETRIED,
          OutboxJson.DISCARDED,
          OutboxJson.HEALTH,
          OwnFaultJson.FAULT,
          EgressJson.EGRESS,
          EgressJson.HEALTH,
          SystemJson.INDEX,
          SystemJson.NODE,
          SystemJson.SYSTEM,
          SystemJson.HEALTH,
          SystemJson.READINESS);

  private OpenApiDocument() {}

  /** The document as it is committed. */
  static String text() {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    try {
      return JSON.writer(printer).writeValueAsString(assembled()) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode assembled() {
    ObjectNode document = read("document.json");
    ObjectNode components = (ObjectNode) document.remove("components");
    components.set("parameters", parameters());
    components.set("schemas", schemas(components.path("schemas")));
    ObjectNode paths = document.putObject("paths");
    document.set("components", components);
    ObjectNode words = read("operations.json");
    for (ApiRoute route : CaseTable.DESCRIBED) {
      ObjectNode said = (ObjectNode) words.remove(route.method() + " " + route.template());
      if (said == null) {
        throw new IllegalStateException("operations.json has nothing about " + route);
      }
      paths
          .withObjectProperty(route.template())
          .set(
              route.method().toLowerCase(Locale.ROOT),
              new OpenApiOperation(document, route, said).assembled());
    }
    if (!words.isEmpty()) {
      throw new IllegalStateException("operations.json has calls that are no routes: " + words);
    }
    return document;
  }

  private static ObjectNode parameters() {
    ObjectNode all = JSON.createObjectNode();
    all.set(QueryFields.SITE.name(), SchemaOf.parameter(QueryFields.SITE, "path"));
    QueryFields.QUERY
        .fields()
        .forEach(field -> all.set(field.name(), SchemaOf.parameter(field, "query")));
    return all;
  }

  private static JsonNode schemas(JsonNode written) {
    Map<String, JsonNode> all = new TreeMap<>();
    written.properties().forEach(schema -> all.put(schema.getKey(), schema.getValue()));
    REQUESTS.forEach(table -> put(all, table.name(), SchemaOf.request(table)));
    RESPONSES.forEach(shape -> put(all, shape.name(), SchemaOf.response(shape)));
    SchemaOf.addReadOnly(
        (ObjectNode) all.get(EndpointFields.CHANGE.name()),
        (ObjectNode) all.get(EndpointJson.ENDPOINT.name()));
    SchemaOf.addReadOnly(
        (ObjectNode) all.get(SiteFields.CHANGE.name()), (ObjectNode) all.get(SiteJson.SITE.name()));
    SchemaOf.addReadOnly(
        (ObjectNode) all.get(EventTypeFields.PUT.name()),
        (ObjectNode) all.get(EventTypeJson.TYPE.name()));
    SchemaOf.addReadOnly(
        (ObjectNode) all.get(EventTypeFields.VERSION.name()),
        (ObjectNode) all.get(EventTypeJson.VERSION.name()));
    // Requests and responses share it, and responses may gain fields.
    put(all, "Retry", SchemaOf.request(RetryFields.ALL).without("additionalProperties"));
    put(all, "Body", SchemaOf.request(BodyFields.ALL).without("additionalProperties"));
    put(all, "Portal", SchemaOf.request(PortalFields.ALL).without("additionalProperties"));
    put(
        all,
        PortalFields.PAYLOAD_RULE.name(),
        SchemaOf.request(PortalFields.PAYLOAD_RULE).without("additionalProperties"));
    put(all, "PortalTheme", SchemaOf.request(PortalFields.THEME).without("additionalProperties"));
    put(all, "Limits", SchemaOf.request(LimitFields.ALL).without("additionalProperties"));
    put(
        all,
        "ClientCertificate",
        SchemaOf.request(ClientCertificateFields.ALL).without("additionalProperties"));
    AuthFields.TABLES.forEach(
        table -> put(all, table.name(), SchemaOf.request(table).without("additionalProperties")));
    put(all, "Settings", SchemaOf.response(SiteSettingFields.ALL));
    put(all, SchemaOf.SECRETS_STATE, SchemaOf.alone(MasterKeyJson.STATE));
    put(all, "ServerProperties", SchemaOf.serverProperties());
    put(all, "ServerPropertiesChange", SchemaOf.serverPropertiesChange());
    ObjectNode sorted = JSON.createObjectNode();
    all.forEach(sorted::set);
    return sorted;
  }

  private static void put(Map<String, JsonNode> all, String name, JsonNode schema) {
    if (all.put(name, schema) != null) {
      throw new IllegalStateException("two descriptions of " + name);
    }
  }

  private static ObjectNode read(String name) {
    try {
      return (ObjectNode) JSON.readTree(WORDS.resolve(name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
