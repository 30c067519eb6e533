package dev.hookferry.http.svix;

import static dev.hookferry.access.Scope.ADMIN;
import static dev.hookferry.access.Scope.MANAGE;
import static dev.hookferry.access.Scope.PUBLISH;
import static dev.hookferry.access.Scope.READ;

import dev.hookferry.Webhooks;
import dev.hookferry.access.Scope;
import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.retry.RetrySettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The route table of Svix's API: method, path, required scope and handler of every call. */
public final class SvixRoutes {
  /** The delays after which Svix retries a delivery. */
  public static final RetrySettings RETRY =
      RetrySettings.schedule(
          List.of(
              Duration.ofSeconds(5),
              Duration.ofMinutes(5),
              Duration.ofMinutes(30),
              Duration.ofHours(2),
              Duration.ofHours(5),
              Duration.ofHours(10),
              Duration.ofHours(10)));

  private static final String APPS = "/api/v1/app";
  private static final String APP = APPS + "/{app}";
  private static final String ENDPOINTS = APP + "/endpoint";
  private static final String ENDPOINT = ENDPOINTS + "/{endpoint}";
  private static final String MESSAGES = APP + "/msg";
  private static final String MESSAGE = MESSAGES + "/{msg}";
  private static final String ATTEMPT = MESSAGE + "/attempt/{attempt}";
  private static final String TYPES = "/api/v1/event-type";
  private static final String TYPE = TYPES + "/{type}";

  private SvixRoutes() {}

  /**
   * Returns all routes.
   *
   * @param timeout time limit for committing a message, after which its request fails
   * @param clock determines the age of requests that may be repeated
   * @param random source of the ids of created resources; thread-safe and cryptographically secure
   */
  public static List<ApiRoute> all(
      Webhooks webhooks, Duration timeout, InstantSource clock, RandomGenerator random) {
    RepeatedRequests repeats = new RepeatedRequests(clock, random);
    SvixEventTypes types = new SvixEventTypes(webhooks);
    SvixEndpoints endpoints = new SvixEndpoints(webhooks, types, repeats);
    SvixMessages messages = new SvixMessages(webhooks);
    SvixPublishing publishing = new SvixPublishing(webhooks, repeats, clock, timeout);
    return Stream.of(
            ofApplications(new SvixApplications(webhooks, repeats), repeats),
            ofEventTypes(types, repeats),
            ofEndpoints(endpoints, repeats),
            ofParts(new SvixEndpointParts(webhooks, endpoints, clock), repeats),
            ofMessages(messages, publishing),
            ofAttempts(new SvixAttempts(webhooks, messages, endpoints)),
            ofDestinations(new SvixDestinations(webhooks, messages, endpoints), repeats),
            List.of(
                ApiRoute.lenient(
                    "POST",
                    ENDPOINT + "/send-example",
                    PUBLISH,
                    repeats.remembering(
                        call -> publishing.sendExample(call, endpoints.endpoint(call), types)))),
            ofSystem(),
            missing())
        .flatMap(List::stream)
        .toList();
  }

  private static List<ApiRoute> ofApplications(SvixApplications apps, RepeatedRequests repeats) {
    return List.of(
        call("GET", APPS, ADMIN, apps::list),
        post(APPS, ADMIN, repeats, apps::create),
        call("GET", APP, READ, apps::get),
        // May create an application, so it must not require a site.
        call("PUT", APPS + "/{name}", ADMIN, apps::put),
        call("PATCH", APP, MANAGE, apps::patch),
        call("DELETE", APP, ADMIN, apps::remove));
  }

  private static List<ApiRoute> ofEventTypes(SvixEventTypes types, RepeatedRequests repeats) {
    return List.of(
        call("GET", TYPES, READ, types::list),
        post(TYPES, MANAGE, repeats, types::create),
        call("GET", TYPE, READ, types::get),
        call("PUT", TYPE, MANAGE, types::put),
        call("PATCH", TYPE, MANAGE, types::patch),
        call("DELETE", TYPE, MANAGE, types::remove));
  }

  private static List<ApiRoute> ofEndpoints(SvixEndpoints endpoints, RepeatedRequests repeats) {
    return List.of(
        call("GET", ENDPOINTS, READ, endpoints::list),
        post(ENDPOINTS, MANAGE, repeats, endpoints::create),
        call("GET", ENDPOINT, READ, endpoints::get),
        call("PUT", ENDPOINT, MANAGE, endpoints::put),
        call("PATCH", ENDPOINT, MANAGE, endpoints::patch),
        call("DELETE", ENDPOINT, MANAGE, endpoints::remove));
  }

  private static List<ApiRoute> ofParts(SvixEndpointParts parts, RepeatedRequests repeats) {
    return List.of(
        call("GET", ENDPOINT + "/secret", MANAGE, parts::secret),
        post(ENDPOINT + "/secret/rotate", MANAGE, repeats, parts::rotate),
        call("GET", ENDPOINT + "/headers", READ, parts::headers),
        call("PUT", ENDPOINT + "/headers", MANAGE, parts::putHeaders),
        call("PATCH", ENDPOINT + "/headers", MANAGE, parts::patchHeaders),
        call("GET", ENDPOINT + "/stats", READ, parts::stats),
        post(ENDPOINT + "/recover", MANAGE, repeats, parts::recover),
        post(ENDPOINT + "/replay-missing", MANAGE, repeats, parts::replayMissing));
  }

  private static List<ApiRoute> ofMessages(SvixMessages messages, SvixPublishing publishing) {
    return List.of(
        ApiRoute.lenient("POST", MESSAGES, PUBLISH, publishing::create),
        call("GET", MESSAGES, READ, messages::list),
        call("GET", MESSAGE, READ, messages::get));
  }

  private static List<ApiRoute> ofAttempts(SvixAttempts attempts) {
    return List.of(
        call("GET", APP + "/attempt/endpoint/{endpoint}", READ, attempts::ofEndpoint),
        call("GET", APP + "/attempt/msg/{msg}", READ, attempts::ofMessage),
        call("GET", ATTEMPT, READ, attempts::get));
  }

  private static List<ApiRoute> ofDestinations(
      SvixDestinations destinations, RepeatedRequests repeats) {
    return List.of(
        call("GET", ENDPOINT + "/msg", READ, destinations::messages),
        call("GET", MESSAGE + "/endpoint", READ, destinations::endpoints),
        ApiRoute.lenient(
            "POST",
            MESSAGE + "/endpoint/{endpoint}/resend",
            MANAGE,
            repeats.remembering(destinations::resend)));
  }

  private static List<ApiRoute> ofSystem() {
    return List.of(
        call("GET", "/api/v1/health", null, SvixRoutes::healthy),
        call("GET", "/api/v1/health/ping", null, call -> HttpReply.nothing()));
  }

  private static HttpReply healthy(Call call) {
    return HttpReply.ok(JsonOutput.values(Map.of()));
  }

  private static List<ApiRoute> missing() {
    String link = "make a link to Hookferry's portal: POST /api/v1/sites/{site}/portal-links";
    String body = "an endpoint's body changes what it is sent, its filter selects events";
    String kept = "stored data expires by the server's retention";
    return List.of(
        missing("DELETE", MESSAGE + "/content", MANAGE, kept),
        missing("DELETE", ATTEMPT + "/content", MANAGE, kept),
        missing(
            "POST", ENDPOINT + "/bulk-replay", MANAGE, "use POST /api/v1/sites/{site}/replay-jobs"),
        missing("GET", ENDPOINT + "/transformation", READ, body),
        missing("PATCH", ENDPOINT + "/transformation", MANAGE, body),
        missing("POST", "/api/v1/auth/app-portal-access/{app}", MANAGE, link),
        missing("POST", "/api/v1/auth/dashboard-access/{app}", MANAGE, link),
        missing(
            "POST",
            "/api/v1/auth/app/{app}/expire-all",
            ADMIN,
            "portal sessions end with the key that made their links: DELETE /api/v1/keys/{id}"),
        missing("POST", "/api/v1/auth/logout", READ, "revoke the key: DELETE /api/v1/keys/{id}"));
  }

  private static ApiRoute missing(String method, String template, Scope scope, String instead) {
    return call(
        method,
        template,
        scope,
        call -> {
          throw SvixErrors.missing(instead);
        });
  }

  private static ApiRoute call(
      String method, String template, @Nullable Scope scope, Function<Call, HttpReply> handler) {
    return ApiRoute.lenient(method, template, scope, ApiRoute.blocking(handler));
  }

  private static ApiRoute post(
      String template, Scope scope, RepeatedRequests repeats, Function<Call, HttpReply> handler) {
    return ApiRoute.lenient(
        "POST", template, scope, repeats.remembering(ApiRoute.blocking(handler)));
  }
}
