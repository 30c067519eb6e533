package dev.hookferry.http.svix;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.endpoint.HeaderRules;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayWindow;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.site.SettingsByName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Calls on the secrets, headers, statistics and recovery of endpoints. */
final class SvixEndpointParts {
  private static final int DAY = 86_400;
  private static final int MAX_GRACE = 7 * DAY;
  private static final Duration MAX_STATS = Duration.ofDays(28);
  private static final Duration MAX_RECOVERY = Duration.ofDays(14);
  private static final int RECOVERED_PER_SECOND = 100;
  private static final String MISSING = "endpoint.replay-missing";

  /** Maximum number of attempts that one call counts. */
  private static final int MAX_COUNTED = 200_000;

  private final Webhooks webhooks;
  private final SvixEndpoints endpoints;
  private final InstantSource clock;

  SvixEndpointParts(Webhooks webhooks, SvixEndpoints endpoints, InstantSource clock) {
    this.webhooks = webhooks;
    this.endpoints = endpoints;
    this.clock = clock;
  }

  HttpReply secret(Call call) {
    EndpointId id = endpoints.endpoint(call).id();
    return key(webhooks.actingAs(call.actor()).provisioning().secret(call.site(), id));
  }

  private static HttpReply key(SigningSecret secret) {
    return HttpReply.ok(JsonOutput.values(Map.of("key", secret.forReceiver())));
  }

  HttpReply rotate(Call call) {
    EndpointId id = endpoints.endpoint(call).id();
    SvixBody body = SvixBody.of(call.body());
    Integer grace = body.number("gracePeriodSeconds", 0, MAX_GRACE);
    SigningSecret given = SvixEndpointFields.secret(body, "key");
    body.check();
    Duration overlap = Duration.ofSeconds(grace == null ? DAY : grace);
    SigningSecret secret =
        webhooks.actingAs(call.actor()).endpoints().rotateSecret(call.site(), id, overlap, given);
    return wantsKey(call) ? key(secret) : HttpReply.nothing();
  }

  /**
   * Returns whether the client expects the new key: Svix's SDK 2 for Python does; those for Java
   * fail.
   */
  private static boolean wantsKey(Call call) {
    String agent = call.header("User-Agent");
    return agent != null && agent.startsWith("svix-libs/2.") && agent.contains("/python");
  }

  HttpReply headers(Call call) {
    Map<String, String> shown = new LinkedHashMap<>();
    List<String> sensitive = new ArrayList<>();
    webhooks
        .endpoints()
        .headers(endpoints.endpoint(call))
        .forEach(
            (name, value) -> {
              if (value.equals(SettingsByName.MASK)) {
                sensitive.add(name);
              } else {
                shown.put(name, value);
              }
            });
    return HttpReply.ok(JsonOutput.values(Map.of("headers", shown, "sensitive", sensitive)));
  }

  HttpReply putHeaders(Call call) {
    Endpoint endpoint = endpoints.endpoint(call);
    SvixBody body = SvixBody.of(call.body());
    Map<String, String> headers = body.texts("headers");
    body.require(headers != null, "headers", "is missing");
    body.check();
    return withHeaders(call, endpoint, current -> headers == null ? Map.of() : headers);
  }

  /** Changes headers. Null, or a name in deleteHeaders, removes one; masked values are kept. */
  HttpReply patchHeaders(Call call) {
    Endpoint endpoint = endpoints.endpoint(call);
    SvixBody body = SvixBody.of(call.body());
    Map<String, @Nullable String> changes = body.map("headers");
    List<String> removed = body.list("deleteHeaders");
    body.require(changes != null || !removed.isEmpty(), "headers", "is missing");
    body.check();
    return withHeaders(
        call,
        endpoint,
        current -> {
          Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
          headers.putAll(current);
          if (changes != null) {
            changes.forEach(
                (name, value) -> {
                  if (value == null) {
                    headers.remove(name);
                  } else {
                    headers.put(name, value);
                  }
                });
          }
          removed.forEach(headers::remove);
          return headers;
        });
  }

  /** Changes headers. As with Svix, no User-Agent can be added; one set by other means may stay. */
  private HttpReply withHeaders(
      Call call, Endpoint endpoint, UnaryOperator<Map<String, String>> change) {
    var unused =
        webhooks
            .actingAs(call.actor())
            .provisioning()
            .change(
                call.site(),
                endpoint.id(),
                now -> {
                  Map<String, String> current = webhooks.endpoints().headers(now);
                  Map<String, String> headers = change.apply(current);
                  if (hasUserAgent(headers) && !hasUserAgent(current)) {
                    throw InvalidException.of("headers." + HeaderRules.USER_AGENT, "is reserved");
                  }
                  return EndpointSpec.change().headers(headers);
                });
    return HttpReply.nothing();
  }

  private static boolean hasUserAgent(Map<String, String> headers) {
    return headers.keySet().stream().anyMatch(HeaderRules.USER_AGENT::equalsIgnoreCase);
  }

  /**
   * Counts the attempts of a period. Logged attempts have ended, so none is pending or in flight.
   */
  HttpReply stats(Call call) {
    EndpointId id = endpoints.endpoint(call).id();
    SvixQuery query = new SvixQuery(call.rawQuery());
    Instant until = orNow(query.time("until"));
    Instant requested = query.time("since");
    Instant since = requested == null ? until.minus(MAX_STATS) : requested;
    if (since.isAfter(until) || since.isBefore(until.minus(MAX_STATS))) {
      throw SvixErrors.of(400, "invalid_range", "since must be at most 28 days before until");
    }
    AttemptQuery attempts =
        AttemptQuery.ofSite(call.site())
            .endpoint(id)
            .started(TimeWindow.ALL.since(since).until(until))
            .limit(PageRequest.MAX_LIMIT);
    long[] counts = new long[2];
    String cursor = null;
    do {
      Page<Attempt> page = webhooks.deliveries().attempts(attempts.after(cursor));
      page.data().forEach(attempt -> counts[attempt.outcome().isSuccess() ? 0 : 1]++);
      cursor = page.next();
      if (counts[0] + counts[1] > MAX_COUNTED) {
        throw SvixErrors.of(
            400, "invalid_range", "there are too many attempts; choose a shorter time");
      }
    } while (cursor != null);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("success", counts[0]);
    json.put("pending", 0);
    json.put("sending", 0);
    json.put("fail", counts[1]);
    json.put("canceled", 0);
    return HttpReply.ok(JsonOutput.values(json));
  }

  HttpReply recover(Call call) {
    return replay(call, "endpoint.recover");
  }

  /** Sends the messages of a period that the endpoint never got. */
  HttpReply replayMissing(Call call) {
    return replay(call, MISSING);
  }

  private HttpReply replay(Call call, String task) {
    EndpointId id = endpoints.endpoint(call).id();
    SvixBody body = SvixBody.of(call.body());
    Instant since = body.time("since");
    Instant until = body.time("until");
    body.require(since != null, "since", "is missing");
    body.check();
    Instant from = orNow(since);
    body.require(
        !from.isBefore(orNow(until).minus(MAX_RECOVERY)), "since", "must be at most 14 days ago");
    body.require(until == null || !until.isBefore(from), "until", "must not be before since");
    body.check();
    SiteId site = call.site();
    ReplayWindow window =
        ReplayWindow.since(from).until(until).endpoint(id).missing(task.equals(MISSING));
    ReplayJob job =
        webhooks.actingAs(call.actor()).replays().start(site, window, RECOVERED_PER_SECOND);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", SvixIds.of(job.id()));
    json.put("status", "running");
    json.put("task", task);
    json.put("updatedAt", clock.instant().toString());
    return HttpReply.json(202, JsonOutput.values(json));
  }

  private Instant orNow(@Nullable Instant time) {
    return time == null ? clock.instant() : time;
  }
}
