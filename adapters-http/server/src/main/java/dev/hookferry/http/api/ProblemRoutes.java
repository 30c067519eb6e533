package dev.hookferry.http.api;

import dev.hookferry.EndpointProblems;
import dev.hookferry.Webhooks;
import dev.hookferry.field.FieldValues;
import dev.hookferry.http.resource.EndpointProblemJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.QueryFields;
import dev.hookferry.http.wire.QueryParameters;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.EndpointProblem;
import dev.hookferry.observe.ProblemNote;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Calls about endpoint failures grouped by cause, and notes on them. */
final class ProblemRoutes {
  private final Webhooks webhooks;

  ProblemRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  HttpReply list(Call call) {
    QueryParameters query = call.query();
    EndpointProblem.Status status =
        query.choice(
            QueryFields.PROBLEM_STATUS.name(),
            EndpointProblem.Status::fromCode,
            QueryFields.PROBLEM_STATUSES);
    EndpointId endpoint = query.id("endpoint", name -> id(call, name));
    PageRequest part = query.page();
    query.check();
    Page<EndpointProblem> page = webhooks.problems().list(call.site(), status, endpoint, part);
    return HttpReply.ok(JsonOutput.one(EndpointProblemJson.PAGE, page));
  }

  HttpReply acknowledge(Call call) {
    EndpointId endpoint = endpoint(call);
    RequestFields fields = call.given(EndpointProblemJson.ACKNOWLEDGEMENT);
    String cause = fields.required(EndpointProblemJson.CAUSE.name());
    fields.check();
    return reply(acting(call).acknowledge(call.site(), endpoint, cause));
  }

  HttpReply mute(Call call) {
    EndpointId endpoint = endpoint(call);
    RequestFields fields = call.given(EndpointProblemJson.MUTE);
    FieldValues values = EndpointProblemJson.MUTE.read(fields);
    Instant until = values.get(EndpointProblemJson.UNTIL);
    fields.problems().require(until != null, EndpointProblemJson.UNTIL.name(), "is missing");
    fields.check();
    return reply(acting(call).mute(call.site(), endpoint, Objects.requireNonNull(until, "until")));
  }

  CompletableFuture<HttpReply> unmute(Call call) {
    EndpointId endpoint = endpoint(call);
    call.fields().check();
    acting(call).unmute(call.site(), endpoint);
    return CompletableFuture.completedFuture(HttpReply.nothing());
  }

  private static HttpReply reply(ProblemNote note) {
    return HttpReply.ok(JsonOutput.one(EndpointProblemJson.NOTE, note));
  }

  private EndpointProblems acting(Call call) {
    return webhooks.actingAs(call.actor()).problems();
  }

  private EndpointId endpoint(Call call) {
    EndpointId id = call.id("endpoint", name -> id(call, name));
    return webhooks.endpoints().get(call.site(), id).id();
  }

  private EndpointId id(Call call, String name) {
    return webhooks.endpoints().id(call.site(), name);
  }
}
