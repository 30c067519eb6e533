package dev.hookferry.http.portal;

import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The route table of the portal. Its calls need no API key. */
public final class PortalRoutes {
  private static final String PORTAL = "/api/v1/portal";
  private static final String ENDPOINTS = PORTAL + "/endpoints";
  private static final String ENDPOINT = ENDPOINTS + "/{id}";
  private static final String DELIVERIES = PORTAL + "/deliveries";

  private PortalRoutes() {}

  /**
   * Returns all routes.
   *
   * @param timing delays their replies
   */
  public static List<ApiRoute> all(PortalCalls calls, ReplyTiming timing) {
    return routes(calls).stream().map(route -> route.with(even(timing, route.action()))).toList();
  }

  /** Delays only the synchronous part of an action, because refusals occur there. */
  private static ApiRoute.Action even(ReplyTiming timing, ApiRoute.Action action) {
    return call -> timing.even(() -> action.run(call));
  }

  private static List<ApiRoute> routes(PortalCalls calls) {
    PortalMissedCalls missed = calls.missed();
    return List.of(
        object("POST", PORTAL + "/session", calls::exchange),
        ApiRoute.get(ENDPOINTS, null, calls::endpoints),
        object("POST", ENDPOINTS, calls::create),
        ApiRoute.get(ENDPOINT, null, calls::endpoint),
        object("PATCH", ENDPOINT, calls::change),
        call("DELETE", ENDPOINT, ApiRoute.Body.NONE, ApiRoute.blocking(calls::remove)),
        verb(ENDPOINT + "/test", calls::test),
        verb(ENDPOINT + "/pause", ApiRoute.blocking(calls::pause)),
        verb(ENDPOINT + "/resume", ApiRoute.blocking(calls::resume)),
        verb(ENDPOINT + "/rotate-secret", ApiRoute.blocking(calls::rotateSecret)),
        ApiRoute.get(ENDPOINT + "/missed-events", null, missed::progress),
        object("POST", ENDPOINT + "/missed-events", missed::send),
        ApiRoute.get(DELIVERIES, null, calls::deliveries)
            .listing("status", "endpoint", "event", "type", "field", "since", "until"),
        verb(DELIVERIES + "/retry", ApiRoute.blocking(calls::retryAll)),
        ApiRoute.get(DELIVERIES + "/{id}", null, calls::delivery),
        verb(DELIVERIES + "/{id}/retry", calls::retry),
        ApiRoute.get(PORTAL + "/events/{id}/routing", null, calls.events()::routing),
        ApiRoute.get(PORTAL + "/event-types", null, calls::eventTypes));
  }

  private static ApiRoute object(
      String method, String template, Function<Call, HttpReply> handler) {
    return call(method, template, ApiRoute.Body.OBJECT, ApiRoute.blocking(handler));
  }

  private static ApiRoute verb(String template, ApiRoute.Action action) {
    return call("POST", template, ApiRoute.Body.OPTIONAL, action);
  }

  private static ApiRoute call(
      String method, String template, ApiRoute.Body body, ApiRoute.Action action) {
    return new ApiRoute(method, template, null, body, Set.of(), action);
  }
}
