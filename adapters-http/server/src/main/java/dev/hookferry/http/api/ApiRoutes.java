package dev.hookferry.http.api;

import static dev.hookferry.access.Scope.ADMIN;
import static dev.hookferry.access.Scope.MANAGE;
import static dev.hookferry.access.Scope.PUBLISH;
import static dev.hookferry.access.Scope.READ;

import dev.hookferry.Webhooks;
import dev.hookferry.http.publish.EventSink;
import dev.hookferry.http.route.ApiRoute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The route table of the API: method, path, required scope and handler of every call. */
public final class ApiRoutes {
  private static final String SITES = "/api/v1/sites";
  private static final String SITE = SITES + "/{site}";
  public static final String EVENTS = SITE + "/events";
  private static final String ENDPOINTS = SITE + "/endpoints";
  private static final String ENDPOINT = ENDPOINTS + "/{id}";
  private static final String TYPES = SITE + "/event-types";
  private static final String TYPE = TYPES + "/{id}";
  private static final String DELIVERIES = SITE + "/deliveries";
  private static final String DELIVERY = DELIVERIES + "/{id}";
  private static final String REPLAYS = SITE + "/replay-jobs";
  private static final String REPLAY = REPLAYS + "/{id}";
  private static final String PROBLEMS = SITE + "/problems";
  private static final String KEYS = "/api/v1/keys";
  private static final String MASTER_KEYS = "/api/v1/master-keys";
  private static final String OUTBOXES = "/api/v1/outboxes";
  private static final String OUTBOX = OUTBOXES + "/{id}";

  private ApiRoutes() {}

  /** Returns all routes. */
  public static List<ApiRoute> all(
      Webhooks webhooks,
      PortalLinkRoutes portal,
      Duration requestTimeout,
      SystemRoutes system,
      boolean openMetrics) {
    return Stream.of(
            ofEvents(new PublishRoute(sink(webhooks), requestTimeout), new EventRoutes(webhooks)),
            ofEndpoints(new EndpointRoutes(webhooks)),
            ofRouting(new RoutingRoutes(webhooks)),
            ofEventTypes(new EventTypeRoutes(webhooks)),
            ofBlockedKeys(new BlockedKeyRoutes(webhooks)),
            ofProblems(new ProblemRoutes(webhooks)),
            ofSettings(new SettingRoutes(webhooks)),
            ofDeliveries(new DeliveryRoutes(webhooks), new ReplayRoutes(webhooks)),
            ofAccess(new SiteRoutes(webhooks), new KeyRoutes(webhooks)),
            ofMasterKeys(new MasterKeyRoutes(webhooks)),
            ofSigningKeys(new SigningKeyRoutes(webhooks)),
            ofPortal(portal, new PortalImageRoutes(webhooks)),
            ofAudit(new AuditRoutes(webhooks)),
            ofOutboxes(new OutboxRoutes(webhooks)),
            ofBackups(new BackupRoutes(webhooks)),
            ofSystem(system, openMetrics))
        .flatMap(List::stream)
        .toList();
  }

  private static EventSink sink(Webhooks webhooks) {
    return (by, site, events, replyExecutor) ->
        webhooks.actingAs(by).publishAll(site, events, replyExecutor);
  }

  private static List<ApiRoute> ofEvents(PublishRoute publish, EventRoutes events) {
    return List.of(
        ApiRoute.events(EVENTS, publish::run),
        ApiRoute.events(EVENTS + "/batch", publish::batch),
        ApiRoute.get(EVENTS, READ, events::list)
            .listing("type", "label", "field", "since", "until"),
        ApiRoute.get(EVENTS + "/{id}", READ, events::get),
        ApiRoute.verb(EVENTS + "/{id}/replay", MANAGE, events::replay).withBody());
  }

  private static List<ApiRoute> ofEndpoints(EndpointRoutes endpoints) {
    return List.of(
        ApiRoute.get(ENDPOINTS, READ, endpoints::list).listing(),
        ApiRoute.post(ENDPOINTS, MANAGE, endpoints::create),
        new ApiRoute(
            "POST", ENDPOINTS + "/try", MANAGE, ApiRoute.Body.OBJECT, Set.of(), endpoints::attempt),
        ApiRoute.get(ENDPOINT, READ, endpoints::get),
        ApiRoute.get(ENDPOINT + "/policy", READ, endpoints::policy),
        ApiRoute.patch(ENDPOINT, MANAGE, endpoints::change),
        ApiRoute.delete(ENDPOINT, MANAGE, endpoints::remove),
        ApiRoute.verb(ENDPOINT + "/test", MANAGE, endpoints::test),
        ApiRoute.verb(ENDPOINT + "/resume", MANAGE, endpoints::resume),
        ApiRoute.verb(ENDPOINT + "/rotate-secret", MANAGE, endpoints::rotateSecret));
  }

  private static List<ApiRoute> ofRouting(RoutingRoutes routing) {
    return List.of(
        ApiRoute.get(EVENTS + "/{id}/routing", READ, routing::routing).listing(),
        ApiRoute.post(ENDPOINT + "/filter-test", READ, routing::testFilter),
        ApiRoute.post(ENDPOINT + "/body-preview", READ, routing::previewBody));
  }

  private static List<ApiRoute> ofEventTypes(EventTypeRoutes types) {
    return List.of(
        ApiRoute.get(TYPES, READ, types::list).listing(),
        ApiRoute.get(TYPE, READ, types::get),
        ApiRoute.put(TYPE, MANAGE, types::put),
        ApiRoute.delete(TYPE, MANAGE, types::remove),
        ApiRoute.get(TYPE + "/versions", READ, types::versions),
        ApiRoute.get(TYPE + "/versions/{version}", READ, types::version),
        ApiRoute.put(TYPE + "/versions/{version}", MANAGE, types::putVersion),
        ApiRoute.get(SITE + "/catalog/openapi.json", READ, types::openApi),
        ApiRoute.get(SITE + "/catalog/asyncapi.json", READ, types::asyncApi));
  }

  private static List<ApiRoute> ofBlockedKeys(BlockedKeyRoutes keys) {
    return List.of(
        ApiRoute.get(ENDPOINT + "/blocked-keys", READ, keys::list).listing(),
        ApiRoute.verb(ENDPOINT + "/blocked-keys/retry", MANAGE, keys::retry).withBody(),
        ApiRoute.verb(ENDPOINT + "/blocked-keys/skip", MANAGE, keys::skip).withBody());
  }

  private static List<ApiRoute> ofProblems(ProblemRoutes problems) {
    return List.of(
        ApiRoute.get(PROBLEMS, READ, problems::list).listing("problemStatus", "endpoint"),
        ApiRoute.post(PROBLEMS + "/{id}/acknowledge", MANAGE, problems::acknowledge),
        ApiRoute.post(PROBLEMS + "/{id}/mute", MANAGE, problems::mute),
        ApiRoute.verb(PROBLEMS + "/{id}/unmute", MANAGE, problems::unmute));
  }

  private static List<ApiRoute> ofSettings(SettingRoutes settings) {
    return List.of(
        ApiRoute.get(SITE + "/settings", READ, settings::get),
        ApiRoute.patch(SITE + "/settings", MANAGE, settings::change),
        ApiRoute.get(SITE + "/server-properties", READ, settings::properties),
        ApiRoute.put(SITE + "/server-properties", MANAGE, settings::changeProperties),
        ApiRoute.post(SITE + "/server-properties/preview", MANAGE, settings::previewProperties));
  }

  private static List<ApiRoute> ofDeliveries(DeliveryRoutes deliveries, ReplayRoutes replays) {
    return List.of(
        ApiRoute.get(DELIVERIES, READ, deliveries::list)
            .listing(
                "status",
                "endpoint",
                "event",
                "type",
                "typePattern",
                "statusCode",
                "statusClass",
                "field",
                "since",
                "until"),
        ApiRoute.get(DELIVERY, READ, deliveries::get),
        ApiRoute.verb(DELIVERY + "/retry", MANAGE, deliveries::retry),
        ApiRoute.verb(DELIVERY + "/cancel", MANAGE, deliveries::cancel),
        ApiRoute.post(SITE + "/replays", MANAGE, replays::replay),
        ApiRoute.get(REPLAYS, READ, replays::list).listing(),
        ApiRoute.post(REPLAYS, MANAGE, replays::begin),
        ApiRoute.post(REPLAYS + "/preview", READ, replays::preview),
        ApiRoute.get(REPLAY, READ, replays::get),
        ApiRoute.verb(REPLAY + "/pause", MANAGE, ApiRoute.blocking(replays::pause)),
        ApiRoute.verb(REPLAY + "/resume", MANAGE, ApiRoute.blocking(replays::resume)),
        ApiRoute.verb(REPLAY + "/cancel", MANAGE, ApiRoute.blocking(replays::cancel)),
        ApiRoute.get(SITE + "/attempts", READ, deliveries::attempts)
            .listing("delivery", "endpoint", "type", "outcome", "statusCode", "since", "until"));
  }

  private static List<ApiRoute> ofAccess(SiteRoutes sites, KeyRoutes keys) {
    return List.of(
        ApiRoute.get(SITES, ADMIN, sites::list).listing(),
        ApiRoute.post(SITES, ADMIN, sites::create),
        ApiRoute.get(SITE, READ, sites::get),
        ApiRoute.patch(SITE, MANAGE, sites::change),
        ApiRoute.delete(SITE, ADMIN, sites::remove),
        ApiRoute.get(KEYS, ADMIN, keys::list).listing(),
        ApiRoute.get(KEYS + "/self", PUBLISH, keys::self),
        ApiRoute.post(KEYS, ADMIN, keys::create),
        ApiRoute.delete(KEYS + "/{id}", ADMIN, keys::remove));
  }

  private static List<ApiRoute> ofMasterKeys(MasterKeyRoutes keys) {
    return List.of(
        ApiRoute.get(MASTER_KEYS, ADMIN, keys::get),
        ApiRoute.verb(MASTER_KEYS + "/rotate", ADMIN, keys::rotate));
  }

  private static List<ApiRoute> ofSigningKeys(SigningKeyRoutes keys) {
    return List.of(
        ApiRoute.get(SITE + "/signing-keys", READ, keys::list),
        ApiRoute.verb(SITE + "/signing-keys/rotate", MANAGE, keys::rotate),
        ApiRoute.get("/.well-known/hookferry/{site}/jwks.json", null, keys::jwks)
            .accepting("endpoint"));
  }

  private static List<ApiRoute> ofPortal(PortalLinkRoutes portal, PortalImageRoutes images) {
    String sessions = SITE + "/portal-sessions";
    String image = SITE + "/portal-images/{id}";
    return List.of(
        ApiRoute.post(SITE + "/portal-links", MANAGE, portal::link),
        ApiRoute.get(sessions, MANAGE, portal::list).listing("subject"),
        ApiRoute.delete(sessions + "/{id}", MANAGE, portal::end),
        ApiRoute.delete(sessions, MANAGE, portal::endAll).accepting("subject"),
        ApiRoute.get(SITE + "/portal-images", MANAGE, images::list),
        ApiRoute.put(image, MANAGE, images::set),
        ApiRoute.delete(image, MANAGE, images::remove));
  }

  private static List<ApiRoute> ofAudit(AuditRoutes audit) {
    return List.of(
        ApiRoute.get("/api/v1/audit", ADMIN, audit::list)
            .listing("site", "key", "target", "action", "since", "until"));
  }

  private static List<ApiRoute> ofOutboxes(OutboxRoutes outboxes) {
    return List.of(
        ApiRoute.get(OUTBOXES, ADMIN, outboxes::list),
        ApiRoute.get(OUTBOX + "/rejected", ADMIN, outboxes::rejected).listing(),
        ApiRoute.post(OUTBOX + "/retry", ADMIN, outboxes::retry),
        ApiRoute.post(OUTBOX + "/discard", ADMIN, outboxes::discard));
  }

  private static List<ApiRoute> ofBackups(BackupRoutes backups) {
    return List.of(ApiRoute.get("/api/v1/backup", ADMIN, backups::take).accepting("history"));
  }

  private static List<ApiRoute> ofSystem(SystemRoutes system, boolean openMetrics) {
    List<ApiRoute> routes = new ArrayList<>();
    routes.add(ApiRoute.get("/", null, system::root));
    routes.add(ApiRoute.get("/openapi.json", null, system::openApi));
    routes.addAll(probes(system));
    routes.add(ApiRoute.get("/api/v1/system", ADMIN, system::info));
    routes.add(ApiRoute.get("/metrics", openMetrics ? null : READ, system::metrics));
    return routes;
  }

  /** Returns the health-check routes for load balancers. */
  public static List<ApiRoute> probes(SystemRoutes system) {
    return List.of(
        ApiRoute.get("/healthz", null, system::health),
        ApiRoute.get("/readyz", null, system::ready));
  }
}
