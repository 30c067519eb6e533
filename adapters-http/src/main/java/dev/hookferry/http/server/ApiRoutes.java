package dev.hookferry.http.server;

import static dev.hookferry.access.Scope.ADMIN;
import static dev.hookferry.access.Scope.MANAGE;
import static dev.hookferry.access.Scope.PUBLISH;
import static dev.hookferry.access.Scope.READ;

import dev.hookferry.Webhooks;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Every call of the API: its method, its path, who may, and what does it. */
final class ApiRoutes {
  private static final String SITES = "/api/v1/sites";
  private static final String SITE = SITES + "/{site}";
  static final String EVENTS = SITE + "/events";
  private static final String ENDPOINTS = SITE + "/endpoints";
  private static final String ENDPOINT = ENDPOINTS + "/{id}";
  private static final String DELIVERIES = SITE + "/deliveries";
  private static final String DELIVERY = DELIVERIES + "/{id}";
  private static final String REPLAYS = SITE + "/replay-jobs";
  private static final String REPLAY = REPLAYS + "/{id}";
  private static final String KEYS = "/api/v1/keys";
  private static final String MASTER_KEYS = "/api/v1/master-keys";

  private ApiRoutes() {}

  /** All of them. */
  static List<Route> all(
      Webhooks webhooks, Duration answerWithin, SystemRoutes system, boolean openMetrics) {
    return Stream.of(
            ofEvents(
                new PublishRoute(webhooks::publishAll, answerWithin), new EventRoutes(webhooks)),
            ofEndpoints(new EndpointRoutes(webhooks)),
            ofSettings(new SettingRoutes(webhooks)),
            ofDeliveries(new DeliveryRoutes(webhooks), new ReplayRoutes(webhooks)),
            ofAccess(new SiteRoutes(webhooks), new KeyRoutes(webhooks)),
            ofMasterKeys(new MasterKeyRoutes(webhooks)),
            ofAudit(new AuditRoutes(webhooks)),
            ofSystem(system, openMetrics))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Route> ofEvents(PublishRoute publish, EventRoutes events) {
    return List.of(
        new Route("POST", EVENTS, PUBLISH, Route.Body.EVENTS, Set.of(), publish::run),
        Route.get(EVENTS, READ, events::list).listing("type", "since", "until"),
        Route.get(EVENTS + "/{id}", READ, events::get),
        Route.verb(EVENTS + "/{id}/replay", MANAGE, events::replay).withBody());
  }

  private static List<Route> ofEndpoints(EndpointRoutes endpoints) {
    return List.of(
        Route.get(ENDPOINTS, READ, endpoints::list).listing(),
        Route.post(ENDPOINTS, MANAGE, endpoints::create),
        new Route(
            "POST", ENDPOINTS + "/try", MANAGE, Route.Body.OBJECT, Set.of(), endpoints::attempt),
        Route.get(ENDPOINT, READ, endpoints::get),
        Route.patch(ENDPOINT, MANAGE, endpoints::change),
        Route.delete(ENDPOINT, MANAGE, endpoints::remove),
        Route.verb(ENDPOINT + "/test", MANAGE, endpoints::test),
        Route.verb(ENDPOINT + "/resume", MANAGE, endpoints::resume),
        Route.verb(ENDPOINT + "/rotate-secret", MANAGE, endpoints::rotateSecret));
  }

  private static List<Route> ofSettings(SettingRoutes settings) {
    return List.of(
        Route.get(SITE + "/settings", READ, settings::get),
        Route.patch(SITE + "/settings", MANAGE, settings::change),
        Route.get(SITE + "/server-properties", READ, settings::properties),
        Route.put(SITE + "/server-properties", MANAGE, settings::changeProperties));
  }

  private static List<Route> ofDeliveries(DeliveryRoutes deliveries, ReplayRoutes replays) {
    return List.of(
        Route.get(DELIVERIES, READ, deliveries::list)
            .listing("status", "endpoint", "event", "type", "since", "until"),
        Route.get(DELIVERY, READ, deliveries::get),
        Route.verb(DELIVERY + "/retry", MANAGE, deliveries::retry),
        Route.verb(DELIVERY + "/cancel", MANAGE, deliveries::cancel),
        Route.post(SITE + "/replays", MANAGE, replays::replay),
        Route.get(REPLAYS, READ, replays::list).listing(),
        Route.post(REPLAYS, MANAGE, replays::begin),
        Route.get(REPLAY, READ, replays::get),
        Route.verb(REPLAY + "/pause", MANAGE, Route.blocking(replays::pause)),
        Route.verb(REPLAY + "/resume", MANAGE, Route.blocking(replays::resume)),
        Route.verb(REPLAY + "/cancel", MANAGE, Route.blocking(replays::cancel)),
        Route.get(SITE + "/attempts", READ, deliveries::attempts)
            .listing("delivery", "endpoint", "type", "outcome", "statusCode", "since", "until"));
  }

  private static List<Route> ofAccess(SiteRoutes sites, KeyRoutes keys) {
    return List.of(
        Route.get(SITES, ADMIN, sites::list).listing(),
        Route.post(SITES, ADMIN, sites::create),
        Route.delete(SITE, ADMIN, sites::remove),
        Route.get(KEYS, ADMIN, keys::list).listing(),
        Route.post(KEYS, ADMIN, keys::create),
        Route.delete(KEYS + "/{id}", ADMIN, keys::remove));
  }

  private static List<Route> ofMasterKeys(MasterKeyRoutes keys) {
    return List.of(
        Route.get(MASTER_KEYS, ADMIN, keys::get),
        Route.verb(MASTER_KEYS + "/rotate", ADMIN, keys::rotate));
  }

  private static List<Route> ofAudit(AuditRoutes audit) {
    return List.of(
        Route.get("/api/v1/audit", ADMIN, audit::list)
            .listing("site", "key", "target", "since", "until"));
  }

  private static List<Route> ofSystem(SystemRoutes system, boolean openMetrics) {
    return List.of(
        Route.get("/", null, system::root),
        Route.get("/openapi.json", null, system::openApi),
        Route.get("/api/v1/system", ADMIN, system::facts),
        Route.get("/healthz", null, system::health),
        Route.get("/readyz", null, system::ready),
        Route.get("/metrics", openMetrics ? null : READ, system::metrics));
  }
}
