package dev.hookferry.http.portal;

import dev.hookferry.Endpoints;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.FieldValues;
import dev.hookferry.http.portal.PortalJson.ListedDeliveries;
import dev.hookferry.http.portal.PortalJson.ListedTypes;
import dev.hookferry.http.portal.PortalJson.LoggedDelivery;
import dev.hookferry.http.portal.PortalJson.ShownDelivery;
import dev.hookferry.http.portal.PortalJson.ShownEndpoint;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.route.ConfigRefresh;
import dev.hookferry.http.wire.EarlyReply;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.QueryParameters;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.portal.Portal;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.signing.SigningSecret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The calls of the portal. Each authenticates its session first and is limited to its scope. */
public final class PortalCalls {
  private final Webhooks webhooks;
  private final Portal portal;
  private final PortalTokenAuthenticator authenticator;

  /**
   * Creates the calls.
   *
   * @param portal the portal of the same instance
   */
  public PortalCalls(Webhooks webhooks, Portal portal) {
    this.webhooks = webhooks;
    this.portal = portal;
    authenticator = new PortalTokenAuthenticator(webhooks, portal);
  }

  /** Returns the calls about events. */
  PortalEventCalls events() {
    return new PortalEventCalls(authenticator);
  }

  /** Returns the calls about events that an endpoint never got. */
  PortalMissedCalls missed() {
    return new PortalMissedCalls(authenticator);
  }

  /** Exchanges a code for a session. */
  HttpReply exchange(Call call) {
    ConfigRefresh.await(webhooks);
    RequestFields fields = call.given(PortalJson.EXCHANGE);
    String code = fields.required(PortalJson.CODE.name());
    fields.check();
    return portal
        .exchange(code)
        .map(opened -> HttpReply.json(201, JsonOutput.one(PortalJson.OPENED, opened)))
        .orElseThrow(
            () ->
                portal.isOff(code)
                    ? PortalTokenAuthenticator.off()
                    : EarlyReply.problem(
                        410, "this link has been used or has expired; ask for a new one"));
  }

  private PortalAccess access(Call call) {
    return authenticator.access(call);
  }

  HttpReply endpoints(Call call) {
    PortalAccess access = access(call);
    call.query().check();
    List<ShownEndpoint> all =
        access.endpoints().stream().map(endpoint -> shown(access, endpoint)).toList();
    return HttpReply.ok(JsonOutput.one(PortalJson.ENDPOINTS, new Page<>(all, null)));
  }

  private ShownEndpoint shown(PortalAccess access, Endpoint endpoint) {
    return new ShownEndpoint(
        endpoint, access.headers(endpoint), webhooks.endpoints().health(endpoint), null);
  }

  HttpReply endpoint(Call call) {
    PortalAccess access = access(call);
    return ok(shown(access, access.endpoint(endpointId(call))));
  }

  private static HttpReply ok(ShownEndpoint endpoint) {
    return HttpReply.ok(JsonOutput.one(PortalJson.ENDPOINT, endpoint));
  }

  private static EndpointId endpointId(Call call) {
    return call.id("endpoint", EndpointId::parse);
  }

  HttpReply create(Call call) {
    PortalAccess access = access(call);
    PortalTokenAuthenticator.permitted(access, a -> a.requirePermitted(PortalCapability.MANAGE));
    EndpointSpec requested = spec(call, PortalJson.NEW_ENDPOINT);
    Endpoints.Registered created =
        PortalTokenAuthenticator.permitted(access, a -> a.create(requested));
    SigningSecret secret = access.can(PortalCapability.SECRETS) ? created.secret() : null;
    ShownEndpoint endpoint = shown(access, created.endpoint()).with(secret);
    return HttpReply.json(201, JsonOutput.one(PortalJson.ENDPOINT, endpoint));
  }

  HttpReply change(Call call) {
    PortalAccess access = access(call);
    Endpoint current = access.endpoint(endpointId(call));
    PortalTokenAuthenticator.permitted(
        access, a -> a.requireChangeable(current, PortalCapability.MANAGE));
    EndpointSpec requested = spec(call, PortalJson.ENDPOINT_CHANGE);
    Endpoints.Changed changed =
        PortalTokenAuthenticator.permitted(access, a -> a.change(current.id(), requested));
    return ok(shown(access, changed.endpoint()));
  }

  private static EndpointSpec spec(Call call, FieldTable table) {
    RequestFields fields = call.given(table);
    table
        .required()
        .forEach(name -> fields.problems().require(fields.has(name), name, "is missing"));
    FieldValues values = table.read(fields);
    fields.check();
    return EndpointSpec.of(values);
  }

  HttpReply remove(Call call) {
    PortalAccess access = access(call);
    PortalTokenAuthenticator.permitted(
        access,
        a -> {
          a.remove(endpointId(call));
          return a;
        });
    return HttpReply.nothing();
  }

  CompletableFuture<HttpReply> test(Call call) {
    PortalAccess access = access(call);
    Endpoint endpoint = access.endpoint(endpointId(call));
    RequestFields fields = call.fields("type");
    String name = fields.text("type");
    fields.check();
    EventType type = name == null ? EventType.TEST : new EventType(name);
    return PortalTokenAuthenticator.permitted(access, a -> a.test(endpoint.id(), type))
        .thenApply(attempt -> HttpReply.ok(JsonOutput.one(PortalJson.ATTEMPT, attempt)));
  }

  HttpReply pause(Call call) {
    PortalAccess access = access(call);
    call.fields().check();
    return ok(
        shown(access, PortalTokenAuthenticator.permitted(access, a -> a.pause(endpointId(call)))));
  }

  HttpReply resume(Call call) {
    PortalAccess access = access(call);
    Integer perSecond = only(call, PortalJson.RESUMPTION, PortalJson.PER_SECOND);
    return ok(
        shown(
            access,
            PortalTokenAuthenticator.permitted(
                access, a -> a.resume(endpointId(call), perSecond))));
  }

  HttpReply rotateSecret(Call call) {
    PortalAccess access = access(call);
    EndpointId id = endpointId(call);
    Integer seconds = only(call, PortalJson.ROTATION, PortalJson.OVERLAP);
    Duration overlap =
        seconds == null ? EndpointSigning.DEFAULT_OVERLAP : Duration.ofSeconds(seconds);
    SigningSecret secret =
        PortalTokenAuthenticator.permitted(access, a -> a.rotateSecret(id, overlap));
    return ok(shown(access, access.endpoint(id)).with(secret));
  }

  private static <T> @Nullable T only(Call call, FieldTable table, FieldSpec<T> field) {
    RequestFields fields = call.given(table);
    FieldValues values = table.read(fields);
    fields.check();
    return values.get(field);
  }

  HttpReply deliveries(Call call) {
    PortalAccess access = access(call);
    QueryParameters query = call.query();
    Set<DeliveryState> states = query.states();
    DeliveryQuery all = DeliveryQuery.ofSite(access.session().site());
    DeliveryQuery requested =
        (states.isEmpty() ? all : all.states(states))
            .endpoint(query.id("endpoint", EndpointId::parse))
            .types(query.types())
            .event(query.id("event", EventId::new))
            .fields(query.fields())
            .created(query.window())
            .page(query.page());
    query.check();
    Page<Delivery> page =
        query.isImpossible() ? new Page<>(List.of(), null) : access.deliveries(requested);
    var listed =
        new ListedDeliveries(
            page.map(this::shown), access.notIndexedBefore(requested).orElse(null));
    return HttpReply.ok(JsonOutput.one(PortalJson.DELIVERIES, listed));
  }

  private ShownDelivery shown(Delivery delivery) {
    return ShownDelivery.of(webhooks, delivery);
  }

  /** Returns a delivery with its attempts and the part of its payload that the site shows. */
  HttpReply delivery(Call call) {
    PortalAccess access = access(call);
    DeliveryId id = call.delivery();
    Delivery delivery = access.delivery(id);
    String payload = PortalPayload.of(portal.settings(access.session().site()), access, delivery);
    LoggedDelivery logged = new LoggedDelivery(shown(delivery), access.attempts(id), payload);
    return HttpReply.ok(JsonOutput.one(PortalJson.WITH_LOG, logged));
  }

  CompletableFuture<HttpReply> retry(Call call) {
    PortalAccess access = access(call);
    call.fields().check();
    return PortalTokenAuthenticator.permitted(access, a -> a.retry(call.delivery()))
        .thenApply(delivery -> HttpReply.ok(JsonOutput.one(PortalJson.DELIVERY, shown(delivery))));
  }

  /** Sends failed deliveries again, at most 500. */
  HttpReply retryAll(Call call) {
    PortalAccess access = access(call);
    RequestFields fields = call.given(PortalJson.RETRY);
    FieldValues values = PortalJson.RETRY.read(fields);
    String endpoint = values.get(PortalJson.RETRY_ENDPOINT);
    String type = values.get(PortalJson.RETRY_TYPE);
    TimeWindow window =
        fields
            .problems()
            .collect(
                "",
                () ->
                    TimeWindow.ALL
                        .since(values.get(PortalJson.RETRY_SINCE))
                        .until(values.get(PortalJson.RETRY_UNTIL)));
    EndpointId id = read(fields, "endpoint", endpoint, EndpointId::parse);
    EventType only = read(fields, "type", type, EventType::new);
    Map<String, String> wanted = values.get(PortalJson.RETRY_FIELDS);
    fields.check();
    DeliveryQuery requested =
        DeliveryQuery.ofSite(access.session().site())
            .fields(wanted == null ? Map.of() : wanted)
            .endpoint(id)
            .type(only)
            .created(window == null ? TimeWindow.ALL : window);
    int count = PortalTokenAuthenticator.permitted(access, a -> a.retryAll(requested));
    return HttpReply.json(202, JsonOutput.one(PortalJson.RETRIED, count));
  }

  private static <T> @Nullable T read(
      RequestFields fields, String name, @Nullable String text, Function<String, T> parse) {
    return text == null ? null : fields.problems().collect(name, () -> parse.apply(text));
  }

  HttpReply eventTypes(Call call) {
    PortalAccess access = access(call);
    var types = new ListedTypes(new Page<>(access.eventTypes(), null), access.searchFields());
    return HttpReply.ok(JsonOutput.one(PortalJson.EVENT_TYPES, types));
  }
}
