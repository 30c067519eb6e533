package dev.hookferry.http.api;

import dev.hookferry.Endpoints;
import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.endpoint.SecretFields;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.FieldValues;
import dev.hookferry.http.resource.AttemptJson;
import dev.hookferry.http.resource.EndpointJson;
import dev.hookferry.http.resource.EndpointView;
import dev.hookferry.http.resource.PolicyJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.signing.SigningSecret;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Calls about endpoints. */
public final class EndpointRoutes {
  private static final FieldSpec<Integer> PER_SECOND =
      FieldSpec.of(
              "perSecond",
              FieldKind.integer(1, EndpointStatus.MAX_PER_SECOND),
              "Held deliveries to release per second, on each node.")
          .fallback("as fast as the endpoint takes them")
          .example(50);
  private static final FieldSpec<Integer> OVERLAP =
      FieldSpec.of(
              "overlapSeconds",
              FieldKind.integer(0, (int) EndpointSigning.MAX_OVERLAP.toSeconds()),
              "How long the old secret signs in addition to the new one, in seconds.")
          .fallback(Long.toString(EndpointSigning.DEFAULT_OVERLAP.toSeconds()))
          .example(3_600);

  /**
   * Fields of a request that resumes an endpoint: the rate at which held deliveries are released.
   */
  public static final FieldTable RESUMPTION = FieldTable.of("Resumption", PER_SECOND);

  private static final FieldSpec<String> TYPE =
      FieldSpec.of(
              "type",
              FieldKind.text(EventType.MAX_LENGTH),
              "Sends the example of this event type instead of a test event.")
          .fallback("test")
          .example("license_created");

  /** Fields of a test: the event type whose example is sent. */
  public static final FieldTable TEST = FieldTable.of("EndpointTest", TYPE);

  /** Fields of a secret rotation. */
  public static final FieldTable ROTATION =
      FieldTable.of("Rotation", OVERLAP, SecretFields.SECRET, SecretFields.TYPE);

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
        JsonOutput.one(
            EndpointJson.PAGE, page.map(endpoint -> EndpointView.of(endpoints, endpoint))));
  }

  HttpReply get(Call call) {
    return HttpReply.ok(shown(endpoint(call)));
  }

  /** Returns the settings in force and where each comes from. */
  HttpReply policy(Call call) {
    return HttpReply.ok(
        JsonOutput.one(PolicyJson.POLICY, endpoints.policy(call.site(), endpoint(call).id())));
  }

  HttpReply create(Call call) {
    SiteId site = call.site();
    EndpointBody.New asked = EndpointBody.ofNew(call);
    Endpoints.Registered created = acting(call).create(site, asked.spec(), asked.secret());
    Endpoint endpoint = created.endpoint();
    return HttpReply.json(201, revealed(endpoint, created.secret(), created.warnings()))
        .with("Location", "/api/v1/sites/" + site + "/endpoints/" + endpoint.id());
  }

  /** Sends a test event to an unregistered endpoint and replies with the result. */
  CompletableFuture<HttpReply> attempt(Call call) {
    EndpointBody.New asked = EndpointBody.ofTrial(call);
    return acting(call)
        .probe(call.site(), asked.spec(), asked.secret())
        .thenApply(trial -> HttpReply.ok(JsonOutput.one(EndpointJson.TRIED, trial)));
  }

  HttpReply change(Call call) {
    // Check the id first: an unknown endpoint gets a 404 even if the body is invalid.
    EndpointId id = endpoint(call).id();
    Endpoints.Changed changed = acting(call).change(call.site(), id, EndpointBody.ofChange(call));
    return HttpReply.ok(
        JsonOutput.one(
            EndpointJson.ENDPOINT,
            EndpointView.of(endpoints, changed.endpoint(), changed.warnings())));
  }

  HttpReply remove(Call call) {
    acting(call).remove(call.site(), endpoint(call).id());
    return HttpReply.nothing();
  }

  /**
   * Sends a test event, or the example of a type, and replies with the attempt once it is logged.
   */
  CompletableFuture<HttpReply> test(Call call) {
    EndpointId id = endpoint(call).id();
    String type = only(call, TEST, TYPE);
    return acting(call)
        .test(call.site(), id, type == null ? EventType.TEST : new EventType(type))
        .thenApply(attempt -> HttpReply.ok(JsonOutput.one(AttemptJson.ATTEMPT, attempt)));
  }

  /** Resumes an endpoint; held deliveries are released at the given rate, if any. */
  CompletableFuture<HttpReply> resume(Call call) {
    EndpointId id = endpoint(call).id();
    Integer perSecond = only(call, RESUMPTION, PER_SECOND);
    Endpoint resumed = acting(call).resume(call.site(), id, perSecond);
    return CompletableFuture.completedFuture(HttpReply.ok(shown(resumed)));
  }

  /**
   * Rotates the secret. Returns the new one, which is not shown again; during the overlap, requests
   * are also signed with the old one.
   */
  CompletableFuture<HttpReply> rotateSecret(Call call) {
    EndpointId id = endpoint(call).id();
    RequestFields fields = call.given(ROTATION);
    FieldValues values = ROTATION.read(fields);
    SigningSecret given = SecretFields.chosen(values, fields.problems(), EndpointBody.RANDOM);
    fields.check();
    Integer seconds = values.get(OVERLAP);
    Duration lasting =
        seconds == null ? EndpointSigning.DEFAULT_OVERLAP : Duration.ofSeconds(seconds);
    SigningSecret secret = acting(call).rotateSecret(call.site(), id, lasting, given);
    Endpoint rotated = endpoints.get(call.site(), id);
    return CompletableFuture.completedFuture(HttpReply.ok(revealed(rotated, secret, List.of())));
  }

  private static <T> @Nullable T only(Call call, FieldTable table, FieldSpec<T> field) {
    RequestFields fields = call.given(table);
    FieldValues values = table.read(fields);
    fields.check();
    return values.get(field);
  }

  /** Returns the endpoint whose id or uid is in the path. */
  private Endpoint endpoint(Call call) {
    return endpoints.get(call.site(), call.id("endpoint", name -> endpoints.id(call.site(), name)));
  }

  private Endpoints acting(Call call) {
    return webhooks.actingAs(call.actor()).endpoints();
  }

  private JsonOutput.Writing shown(Endpoint endpoint) {
    return JsonOutput.one(EndpointJson.ENDPOINT, EndpointView.of(endpoints, endpoint));
  }

  private JsonOutput.Writing revealed(
      Endpoint endpoint, SigningSecret secret, List<String> warnings) {
    EndpointView view = EndpointView.of(endpoints, endpoint, warnings);
    return JsonOutput.one(
        EndpointJson.REVEALED, new EndpointJson.Revealed(view, secret.forReceiver()));
  }
}
