package dev.hookferry.http.api;

import dev.hookferry.ReplayJobs;
import dev.hookferry.Replays;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.http.wire.Times;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.ReplayId;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.replay.ReplayJob;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sending again what was sent. */
final class ReplayRoutes {
  /** What no receiver should mind. */
  private static final int USUAL_RATE = 10;

  private static final String STATUS = "must be delivered, exhausted, cancelled or poisoned";

  private final Webhooks webhooks;

  ReplayRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /** Sends a window of deliveries again, or counts them. */
  HttpReply replay(Call call) {
    RequestFields fields =
        call.givenFields("since", "until", "endpoint", "type", "status", "dryRun");
    boolean dryRun = Boolean.TRUE.equals(fields.bool("dryRun"));
    Replays.Window window = window(call, fields);
    Replays replays = webhooks.by(call.actor()).replays();
    int count = dryRun ? replays.count(call.site(), window) : replays.run(call.site(), window);
    return HttpReply.ok(
        json -> {
          json.writeStartObject();
          json.writeNumberField("count", count);
          json.writeBooleanField("dryRun", dryRun);
          json.writeEndObject();
        });
  }

  /** Looks at what a replay would send, or begins one that goes on by itself. */
  HttpReply begin(Call call) {
    RequestFields fields =
        call.givenFields("since", "until", "endpoint", "type", "status", "rate", "dryRun");
    boolean dryRun = Boolean.TRUE.equals(fields.bool("dryRun"));
    Integer rate = fields.number("rate", 1, ReplayJob.FASTEST);
    Replays.Window window = window(call, fields);
    ReplayJobs jobs = webhooks.by(call.actor()).replayJobs();
    if (dryRun) {
      ReplayJobs.Preview preview = jobs.preview(call.site(), window);
      return HttpReply.ok(json -> ReplayJson.preview(json, preview));
    }
    ReplayJob job = jobs.start(call.site(), window, rate == null ? USUAL_RATE : rate);
    return HttpReply.json(202, JsonOutput.one(ReplayJson::write, job));
  }

  HttpReply list(Call call) {
    PageRequest part = call.query().page();
    call.query().check();
    return HttpReply.ok(
        JsonOutput.page(ReplayJson::write, webhooks.replayJobs().list(call.site(), part)));
  }

  HttpReply get(Call call) {
    return shown(webhooks.replayJobs().get(call.site(), id(call)));
  }

  HttpReply pause(Call call) {
    call.fields().check();
    return shown(webhooks.by(call.actor()).replayJobs().pause(call.site(), id(call)));
  }

  HttpReply resume(Call call) {
    call.fields().check();
    return shown(webhooks.by(call.actor()).replayJobs().resume(call.site(), id(call)));
  }

  HttpReply cancel(Call call) {
    call.fields().check();
    return shown(webhooks.by(call.actor()).replayJobs().cancel(call.site(), id(call)));
  }

  private static HttpReply shown(ReplayJob job) {
    return HttpReply.ok(JsonOutput.one(ReplayJson::write, job));
  }

  private static ReplayId id(Call call) {
    return call.id("replay", ReplayId::parse);
  }

  private Replays.Window window(Call call, RequestFields fields) {
    Instant since = fields.word("since", Times::parse, Times.FORM);
    Instant until = fields.word("until", Times::parse, Times.FORM);
    EndpointId endpoint = read(fields, "endpoint", EndpointId::parse);
    EventType type = read(fields, "type", EventType::new);
    DeliveryState status = fields.word("status", ReplayRoutes::finalState, STATUS);
    Problems problems = fields.problems();
    problems.require(since != null || !problems.isEmpty(), "since", "is missing: from when on");
    problems.require(
        since == null || until == null || !until.isBefore(since),
        "until",
        "must not be before since");
    fields.check();
    if (endpoint != null) {
      var unused = webhooks.endpoints().get(call.site(), endpoint);
    }
    return new Replays.Window(since == null ? Instant.EPOCH : since, until, endpoint, type, status);
  }

  private static Optional<DeliveryState> finalState(String word) {
    return DeliveryState.ofWord(word).filter(DeliveryState::isFinal);
  }

  private static <T> @Nullable T read(
      RequestFields fields, String name, Function<String, T> parse) {
    String text = fields.text(name);
    try {
      return text == null ? null : parse.apply(text);
    } catch (InvalidException e) {
      fields.problems().add(name, e.problems().get(0).reason());
      return null;
    }
  }
}
