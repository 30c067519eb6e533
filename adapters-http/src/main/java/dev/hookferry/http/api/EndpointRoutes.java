package dev.hookferry.http.api;

import dev.hookferry.Endpoints;
import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.signing.StandardSecret;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Who wants which events. */
final class EndpointRoutes {
  private static final int DAY = 86_400;
  private static final int LONGEST_OVERLAP = 30 * DAY;

  private final Webhooks webhooks;
  private final Endpoints endpoints;

  EndpointRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
    endpoints = webhooks.endpoints();
  }

  HttpReply list(Call call) {
    PageRequest part = call.query().page();
    call.query().check();
    Page<Endpoint> page = endpoints.list(call.site(), part);
    return HttpReply.ok(
        JsonOutput.page(
            (json, e) -> EndpointJson.write(json, EndpointView.of(endpoints, e), null), page));
  }

  HttpReply get(Call call) {
    return HttpReply.ok(shown(endpoints.get(call.site(), call.endpoint())));
  }

  HttpReply create(Call call) {
    SiteId site = call.site();
    EndpointBody.New asked = EndpointBody.ofNew(call);
    Endpoints.Registered made = acting(call).create(site, asked.asked(), asked.secret());
    Endpoint endpoint = made.endpoint();
    return HttpReply.json(201, EndpointJson.of(made, EndpointView.of(endpoints, endpoint)))
        .with("Location", "/api/v1/sites/" + site + "/endpoints/" + endpoint.id());
  }

  /** Sends a test event to an endpoint that is not registered; answered with what came of it. */
  CompletableFuture<HttpReply> attempt(Call call) {
    EndpointBody.New asked = EndpointBody.ofNew(call);
    return acting(call)
        .trial(call.site(), asked.asked(), asked.secret())
        .thenApply(trial -> HttpReply.ok(EndpointJson.of(trial)));
  }

  HttpReply change(Call call) {
    // Unknown ids first: what is wrong with the body would tell that there is such an endpoint.
    EndpointId id = endpoints.get(call.site(), call.endpoint()).id();
    return HttpReply.ok(shown(acting(call).change(call.site(), id, EndpointBody.ofChange(call))));
  }

  HttpReply remove(Call call) {
    acting(call).remove(call.site(), call.endpoint());
    return HttpReply.nothing();
  }

  /** Sends a test event; answered with the attempt, as soon as it is in the log. */
  CompletableFuture<HttpReply> test(Call call) {
    call.fields().check();
    return acting(call)
        .test(call.site(), call.endpoint())
        .thenApply(attempt -> HttpReply.ok(JsonOutput.one(AttemptJson::write, attempt)));
  }

  /** Lets its deliveries go on; what was held comes at a rate, if one is given. */
  CompletableFuture<HttpReply> resume(Call call) {
    EndpointId id = endpoints.get(call.site(), call.endpoint()).id();
    RequestFields fields = call.fields("perSecond");
    Integer perSecond = fields.number("perSecond", 1, EndpointStatus.MAX_PER_SECOND);
    fields.check();
    Endpoint resumed = acting(call).resume(call.site(), id, perSecond);
    return CompletableFuture.completedFuture(HttpReply.ok(shown(resumed)));
  }

  /** A new secret, shown this once, besides which the old one signs for a while. */
  CompletableFuture<HttpReply> rotateSecret(Call call) {
    EndpointId id = endpoints.get(call.site(), call.endpoint()).id();
    RequestFields fields = call.givenFields("overlapSeconds");
    Integer overlap = fields.number("overlapSeconds", 0, LONGEST_OVERLAP);
    fields.check();
    Duration lasting = Duration.ofSeconds(overlap == null ? DAY : overlap);
    StandardSecret secret = acting(call).rotateSecret(call.site(), id, lasting);
    Endpoint rotated = endpoints.get(call.site(), id);
    return CompletableFuture.completedFuture(
        HttpReply.ok(EndpointJson.of(EndpointView.of(endpoints, rotated), secret.reveal())));
  }

  private Endpoints acting(Call call) {
    return webhooks.by(call.actor()).endpoints();
  }

  private JsonOutput.Writing shown(Endpoint endpoint) {
    return EndpointJson.of(EndpointView.of(endpoints, endpoint), null);
  }
}
