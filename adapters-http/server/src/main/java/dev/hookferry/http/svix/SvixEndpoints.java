package dev.hookferry.http.svix;

import dev.hookferry.Provisioning;
import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Channels;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.RequestKey;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Calls on endpoints of applications. */
final class SvixEndpoints {
  private final Webhooks webhooks;
  private final SvixEventTypes types;
  private final RepeatedRequests repeats;

  SvixEndpoints(Webhooks webhooks, SvixEventTypes types, RepeatedRequests repeats) {
    this.webhooks = webhooks;
    this.types = types;
    this.repeats = repeats;
  }

  HttpReply list(Call call) {
    SvixQuery query = new SvixQuery(call.rawQuery());
    SvixPage.Order order = new SvixPage.Order(SvixIds.ENDPOINT, query.isDescending(true));
    return SvixPage.select(
            webhooks.endpoints().all(call.site()),
            endpoint -> SvixIds.of(endpoint.id()),
            SvixEndpoints::json,
            query,
            order)
        .reply();
  }

  HttpReply create(Call call) {
    SvixEndpointFields fields = SvixEndpointFields.ofNew(SvixBody.of(call.body()), null, types);
    return reply(201, made(call, fields));
  }

  private Endpoint made(Call call, SvixEndpointFields fields) {
    RequestKey key = repeats.key(call);
    Predicate<Endpoint> isRepeat = endpoint -> repeats.created(key, endpoint.id().value());
    SiteId site = call.site();
    String uid = fields.uid();
    Optional<Endpoint> named = uid == null ? Optional.empty() : find(site, uid);
    if (named.filter(isRepeat.negate()).isPresent()) {
      throw taken();
    }
    Provisioning provisioning = webhooks.actingAs(call.actor()).provisioning();
    return provisioning
        .endpoint(site, isRepeat, new EndpointId(repeats.id(key)), fields.spec(), fields.secret())
        .endpoint();
  }

  private static RuntimeException taken() {
    return SvixErrors.of(409, "conflict", "an endpoint with this uid already exists");
  }

  HttpReply get(Call call) {
    return reply(200, endpoint(call));
  }

  /** Replaces an endpoint, or creates it if none has that name. */
  HttpReply put(Call call) {
    SvixBody body = SvixBody.of(call.body());
    Optional<Endpoint> current = find(call.site(), call.variable("endpoint"));
    return current.isEmpty()
        ? reply(201, made(call, SvixEndpointFields.ofNew(body, null, types)))
        : reply(
            200, changed(call, current.get(), now -> SvixEndpointFields.ofNew(body, now, types)));
  }

  HttpReply patch(Call call) {
    SvixBody body = SvixBody.of(call.body());
    return reply(
        200, changed(call, endpoint(call), now -> SvixEndpointFields.ofChange(body, now, types)));
  }

  private Endpoint changed(Call call, Endpoint shown, Function<Endpoint, SvixEndpointFields> to) {
    return webhooks
        .actingAs(call.actor())
        .provisioning()
        .change(
            call.site(),
            shown.id(),
            current -> {
              SvixEndpointFields fields = to.apply(current);
              String uid = fields.uid();
              Optional<Endpoint> named = uid == null ? Optional.empty() : find(call.site(), uid);
              if (named.filter(other -> !other.id().equals(current.id())).isPresent()) {
                throw taken();
              }
              return fields.spec();
            });
  }

  HttpReply remove(Call call) {
    EndpointId id = endpoint(call).id();
    webhooks.actingAs(call.actor()).endpoints().remove(call.site(), id);
    return HttpReply.nothing();
  }

  /** Returns the endpoint whose id or uid is in the path. */
  Endpoint endpoint(Call call) {
    return find(call.site(), call.variable("endpoint")).orElseThrow(SvixErrors::notFound);
  }

  /** Returns the endpoint with this id or uid; empty if the site has none. */
  Optional<Endpoint> find(SiteId site, String name) {
    Optional<EndpointId> id = SvixIds.endpoint(name);
    try {
      return Optional.of(
          webhooks
              .endpoints()
              .get(site, id.isPresent() ? id.get() : webhooks.endpoints().id(site, name)));
    } catch (NotFoundException | InvalidException e) {
      return Optional.empty();
    }
  }

  private static HttpReply reply(int status, Endpoint endpoint) {
    return HttpReply.json(status, JsonOutput.values(json(endpoint)));
  }

  private static Map<String, ?> json(Endpoint endpoint) {
    Map<String, @Nullable Object> json = plain(endpoint);
    json.put("metadata", endpoint.metadata());
    return json;
  }

  /** Returns an endpoint as JSON, without its metadata. */
  static Map<String, @Nullable Object> plain(Endpoint endpoint) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", SvixIds.of(endpoint.id()));
    json.put("url", endpoint.url().text());
    json.put("uid", endpoint.uid());
    json.put("description", endpoint.description());
    Integer rate = SvixApplications.perSecond(endpoint.limits());
    json.put("rateLimit", rate);
    json.put("throttleRate", rate);
    json.put("version", 1);
    json.put("disabled", !endpoint.enabled());
    List<String> types = endpoint.eventTypes().stream().map(EventTypeFilter::pattern).toList();
    json.put("eventTypes", types.contains("*") ? null : types);
    json.put("filterTypes", types.contains("*") ? null : types);
    List<String> channels = Channels.in(endpoint.labels());
    json.put("channels", channels.isEmpty() ? null : channels);
    json.put("createdAt", endpoint.createdAt().toString());
    json.put("updatedAt", updatedAt(endpoint).toString());
    return json;
  }

  /** Returns when the status last changed, or the creation time: no other changes are recorded. */
  private static Instant updatedAt(Endpoint endpoint) {
    Instant since = endpoint.status().since();
    return since == null || since.isBefore(endpoint.createdAt()) ? endpoint.createdAt() : since;
  }
}
