package dev.hookferry.http.server;

import dev.hookferry.Endpoints;
import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.endpoint.Standing;
import dev.hookferry.port.Page;
import dev.hookferry.port.PageRequest;
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

  Reply list(Call call) {
    PageRequest part = call.query().page();
    call.query().check();
    Page<Endpoint> page = endpoints.list(call.site(), part);
    return Reply.ok(
        Json.page(
            (json, e) -> EndpointJson.write(json, EndpointView.of(endpoints, e), null), page));
  }

  Reply get(Call call) {
    return Reply.ok(shown(endpoints.get(call.site(), call.endpoint())));
  }

  Reply create(Call call) {
    SiteId site = call.site();
    EndpointBody.New asked = EndpointBody.ofNew(call);
    Endpoints.Registered made = acting(call).create(site, asked.asked(), asked.secret());
    Endpoint endpoint = made.endpoint();
    return Reply.json(201, EndpointJson.of(made, EndpointView.of(endpoints, endpoint)))
        .with("Location", "/api/v1/sites/" + site + "/endpoints/" + endpoint.id());
  }

  /** Sends a test event to an endpoint that is not registered; answered with what came of it. */
  CompletableFuture<Reply> attempt(Call call) {
    EndpointBody.New asked = EndpointBody.ofNew(call);
    return acting(call)
        .trial(call.site(), asked.asked(), asked.secret())
        .thenApply(trial -> Reply.ok(EndpointJson.of(trial)));
  }

  Reply change(Call call) {
    // Unknown ids first: what is wrong with the body would tell that there is such an endpoint.
    EndpointId id = endpoints.get(call.site(), call.endpoint()).id();
    return Reply.ok(shown(acting(call).change(call.site(), id, EndpointBody.ofChange(call))));
  }

  Reply remove(Call call) {
    acting(call).remove(call.site(), call.endpoint());
    return Reply.nothing();
  }

  /** Sends a test event; answered with the attempt, as soon as it is in the log. */
  CompletableFuture<Reply> test(Call call) {
    call.fields().check();
    return acting(call)
        .test(call.site(), call.endpoint())
        .thenApply(attempt -> Reply.ok(Json.one(AttemptJson::write, attempt)));
  }

  /** Lets its deliveries go on; what was held comes at a rate, if one is given. */
  CompletableFuture<Reply> resume(Call call) {
    EndpointId id = endpoints.get(call.site(), call.endpoint()).id();
    Fields fields = call.fields("perSecond");
    Integer perSecond = fields.number("perSecond", 1, Standing.MAX_PER_SECOND);
    fields.check();
    Endpoint resumed = acting(call).resume(call.site(), id, perSecond);
    return CompletableFuture.completedFuture(Reply.ok(shown(resumed)));
  }

  /** A new secret, shown this once, besides which the old one signs for a while. */
  CompletableFuture<Reply> rotateSecret(Call call) {
    EndpointId id = endpoints.get(call.site(), call.endpoint()).id();
    Fields fields = call.givenFields("overlapSeconds");
    Integer overlap = fields.number("overlapSeconds", 0, LONGEST_OVERLAP);
    fields.check();
    Duration lasting = Duration.ofSeconds(overlap == null ? DAY : overlap);
    StandardSecret secret = acting(call).rotateSecret(call.site(), id, lasting);
    Endpoint rotated = endpoints.get(call.site(), id);
    return CompletableFuture.completedFuture(
        Reply.ok(EndpointJson.of(EndpointView.of(endpoints, rotated), secret.reveal())));
  }

  private Endpoints acting(Call call) {
    return webhooks.by(call.actor()).endpoints();
  }

  private Json.Writing shown(Endpoint endpoint) {
    return EndpointJson.of(EndpointView.of(endpoints, endpoint), null);
  }
}
