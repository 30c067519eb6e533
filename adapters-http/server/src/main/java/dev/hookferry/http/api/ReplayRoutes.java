package dev.hookferry.http.api;

import dev.hookferry.Replays;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.FieldValues;
import dev.hookferry.http.resource.ReplayJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.ReplayId;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.Problems;
import dev.hookferry.replay.ReplayFields;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayWindow;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls about replays. */
final class ReplayRoutes {
  private static final String STATUSES = "statuses";

  private final Webhooks webhooks;

  ReplayRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /** Sends the deliveries in a time window again, or counts them if {@code dryRun} is set. */
  HttpReply replay(Call call) {
    RequestFields fields = call.given(ReplayFields.AT_ONCE);
    FieldValues values = ReplayFields.AT_ONCE.read(fields);
    ReplayWindow window = window(call, fields, values);
    Replays replays = webhooks.actingAs(call.actor()).replays();
    if (Boolean.TRUE.equals(values.get(ReplayFields.DRY_RUN))) {
      ReplayJson.Counted counted =
          window.missing()
              ? ReplayJson.Counted.missing(replays.preview(call.site(), window))
              : ReplayJson.Counted.only(replays.countByStatus(call.site(), window));
      return HttpReply.ok(JsonOutput.one(ReplayJson.COUNTED, counted));
    }
    int sent = replays.run(call.site(), window);
    return HttpReply.ok(JsonOutput.one(ReplayJson.COUNTED, ReplayJson.Counted.sent(sent)));
  }

  /** Starts a replay job; with {@code dryRun}, replies as {@link #preview} does. */
  HttpReply begin(Call call) {
    FieldTable table = ReplayFields.JOB.with(ReplayFields.DRY_RUN);
    RequestFields fields = call.given(table);
    FieldValues values = table.read(fields);
    ReplayWindow window = window(call, fields, values);
    if (Boolean.TRUE.equals(values.get(ReplayFields.DRY_RUN))) {
      return preview(call, window);
    }
    Integer rate = values.get(ReplayFields.RATE);
    Replays replays = webhooks.actingAs(call.actor()).replays();
    ReplayJob job =
        replays.start(call.site(), window, rate == null ? ReplayFields.DEFAULT_RATE : rate);
    return HttpReply.json(202, JsonOutput.one(ReplayJson.JOB, job));
  }

  /** Counts the deliveries that a replay would send, without changing anything. */
  HttpReply preview(Call call) {
    RequestFields fields = call.given(ReplayFields.CRITERIA);
    return preview(call, window(call, fields, ReplayFields.CRITERIA.read(fields)));
  }

  private HttpReply preview(Call call, ReplayWindow window) {
    Replays.Preview preview = webhooks.replays().preview(call.site(), window);
    return HttpReply.ok(JsonOutput.one(ReplayJson.PREVIEW, preview));
  }

  HttpReply list(Call call) {
    PageRequest part = call.query().page();
    call.query().check();
    return HttpReply.ok(
        JsonOutput.one(ReplayJson.PAGE, webhooks.replays().list(call.site(), part)));
  }

  HttpReply get(Call call) {
    return shown(webhooks.replays().get(call.site(), id(call)));
  }

  HttpReply pause(Call call) {
    call.fields().check();
    return shown(webhooks.actingAs(call.actor()).replays().pause(call.site(), id(call)));
  }

  HttpReply resume(Call call) {
    call.fields().check();
    return shown(webhooks.actingAs(call.actor()).replays().resume(call.site(), id(call)));
  }

  HttpReply cancel(Call call) {
    call.fields().check();
    return shown(webhooks.actingAs(call.actor()).replays().cancel(call.site(), id(call)));
  }

  private static HttpReply shown(ReplayJob job) {
    return HttpReply.ok(JsonOutput.one(ReplayJson.JOB, job));
  }

  private static ReplayId id(Call call) {
    return call.id("replay", ReplayId::parse);
  }

  private ReplayWindow window(Call call, RequestFields fields, FieldValues values) {
    Instant since = values.get(ReplayFields.SINCE);
    Instant until = values.get(ReplayFields.UNTIL);
    Problems problems = fields.problems();
    Function<String, EndpointId> endpoints = name -> webhooks.endpoints().id(call.site(), name);
    EndpointId endpoint = parsed(problems, ReplayFields.ENDPOINT, values, endpoints);
    Set<EventType> types = types(fields, values);
    EventId event = parsed(problems, ReplayFields.EVENT, values, EventId::new);
    Set<DeliveryState> statuses = statuses(fields, values);
    problems.require(
        since != null || !problems.isEmpty(), "since", "is missing: the start of the time window");
    problems.require(
        since == null || until == null || !until.isBefore(since),
        "until",
        "must not be before since");
    boolean missing = Boolean.TRUE.equals(values.get(ReplayFields.MISSING));
    boolean hasStatus = values.get(ReplayFields.STATUS) != null || fields.size(STATUSES) > 0;
    problems.require(
        !missing || !hasStatus, "missing", "must not be given together with status or statuses");
    Map<String, String> requested = values.get(ReplayFields.FIELDS);
    fields.check();
    if (endpoint != null) {
      var unused = webhooks.endpoints().get(call.site(), endpoint);
    }
    return ReplayWindow.since(since == null ? Instant.EPOCH : since)
        .until(until)
        .endpoint(endpoint)
        .types(types)
        .event(event)
        .statusCode(values.get(ReplayFields.STATUS_CODE))
        .fields(requested == null ? Map.of() : requested)
        .statuses(statuses)
        .missing(missing);
  }

  /** Returns the event types to replay; an empty set means all. */
  private static Set<EventType> types(RequestFields fields, FieldValues values) {
    EventType one = parsed(fields.problems(), ReplayFields.TYPE, values, EventType::new);
    Set<EventType> types = new HashSet<>(one == null ? Set.of() : Set.of(one));
    List<String> several = values.get(ReplayFields.TYPES);
    boolean both = one != null && fields.size("types") > 0;
    fields.problems().require(!both, "types", "must not be given together with type");
    for (int i = 0; several != null && i < several.size(); i++) {
      String name = several.get(i);
      EventType type = fields.problems().collect("types[" + i + "]", () -> new EventType(name));
      if (type != null) {
        types.add(type);
      }
    }
    return types;
  }

  /** Returns the statuses to replay, by default the failed ones. */
  private static Set<DeliveryState> statuses(RequestFields fields, FieldValues values) {
    String one = values.get(ReplayFields.STATUS);
    List<String> several = values.get(ReplayFields.STATUSES);
    boolean both = one != null && fields.size(STATUSES) > 0;
    fields.problems().require(!both, STATUSES, "must not be given together with status");
    Set<DeliveryState> named =
        Stream.concat(Stream.ofNullable(one), Stream.ofNullable(several).flatMap(List::stream))
            .flatMap(word -> DeliveryState.fromCode(word).stream())
            .collect(Collectors.toSet());
    return named.isEmpty() ? ReplayWindow.FAILED : named;
  }

  private static <T> @Nullable T parsed(
      Problems problems, FieldSpec<String> field, FieldValues values, Function<String, T> parse) {
    String text = values.get(field);
    try {
      return text == null ? null : parse.apply(text);
    } catch (InvalidException e) {
      Problem first = e.problems().get(0);
      problems.add(new Problem(field.name(), first.reason(), first.unknown()));
      return null;
    }
  }
}
