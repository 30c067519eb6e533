package dev.hookferry.http.svix;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.hookferry.Webhooks;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.catalog.SchemaVersion;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Channels;
import dev.hookferry.event.Event;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.event.Receipt;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.id.EventType;
import dev.hookferry.id.RequestKey;
import dev.hookferry.refusal.ConflictException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Calls that create messages. */
final class SvixPublishing {
  /** Label with an id made from the idempotency key of a message that also has an eventId. */
  private static final String REQUEST_LABEL = "svix-request";

  private static final String REQUEST = "k.";
  private static final int MAX_CHANNELS = 5;
  private static final int MAX_EVENT_ID = 250;

  /** Maximum reuses of a key for a new event, each after {@link RepeatedRequests#WITHIN}. */
  private static final int MAX_REUSES = 100;

  private final Webhooks webhooks;
  private final RepeatedRequests repeats;
  private final InstantSource clock;
  private final Duration timeout;

  SvixPublishing(
      Webhooks webhooks, RepeatedRequests repeats, InstantSource clock, Duration timeout) {
    this.webhooks = webhooks;
    this.repeats = repeats;
    this.clock = clock;
    this.timeout = timeout;
  }

  /** A message as given in a request. */
  private record Draft(
      NewEvent event, UUID request, boolean repeatable, @Nullable String eventId, Call call) {
    /** Returns whether this request, or one that it repeats, created an event that has its key. */
    boolean isRequestOf(Event event) {
      return eventId == null
          || request.toString().equals(event.options().labels().get(REQUEST_LABEL));
    }

    /** Returns the idempotency key of the event; null if it has none. */
    @Nullable String key(int reuse) {
      if (eventId != null) {
        return SvixMessages.EVENT_ID + eventId;
      }
      return repeatable ? REQUEST + request + (reuse == 0 ? "" : "." + reuse) : null;
    }
  }

  CompletableFuture<HttpReply> create(Call call) {
    boolean content = new SvixQuery(call.rawQuery()).flag("with_content", true);
    return publish(draft(call), 0)
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(json -> HttpReply.json(202, JsonOutput.values(without(json, content))));
  }

  private static Map<String, ?> without(Map<String, @Nullable Object> json, boolean content) {
    if (!content) {
      json.put("payload", Map.of());
    }
    return json;
  }

  private Draft draft(Call call) {
    SvixBody body = SvixBody.of(call.body());
    String type = body.required("eventType");
    String eventId = body.name("eventId", SvixIds.MESSAGE);
    body.require(
        eventId == null || eventId.length() <= MAX_EVENT_ID,
        "eventId",
        "must have at most " + MAX_EVENT_ID + " characters");
    List<String> channels = body.texts("channels", MAX_CHANNELS);
    Instant deliverAt = body.time("deliverAt");
    body.require(
        type.isEmpty() || EventType.isName(type),
        "eventType",
        "must be 1 to 128 characters: parts of A-Z a-z 0-9 _ joined by single . or -");
    String raw = body.rawPayload();
    Payload payload = raw == null ? SvixPayload.cut(call.body()) : Payload.of(raw);
    body.require(payload != null, "payload", "is missing, or is not a JSON object");
    body.check();
    RequestKey key = repeats.key(call);
    UUID request = key.id(Instant.EPOCH);
    boolean repeatable = RepeatedRequests.given(call) != null;
    Map<String, String> labels =
        new HashMap<>(Channels.labels(channels == null ? List.of() : channels));
    if (repeatable && eventId != null) {
      labels.put(REQUEST_LABEL, request.toString());
    }
    NewEvent event =
        event(new EventType(type), payload == null ? Payload.empty() : payload).labels(labels);
    return new Draft(
        deliverAt == null ? event : event.deliverAt(deliverAt), request, repeatable, eventId, call);
  }

  private NewEvent event(EventType type, Payload payload) {
    return NewEvent.of(type, payload).occurredAt(clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  private CompletableFuture<Map<String, @Nullable Object>> publish(Draft draft, int reuse) {
    Call call = draft.call();
    String key = draft.key(reuse);
    NewEvent event = draft.event().id(SvixIds.event(repeats.unique()));
    NewEvent keyed = key == null ? event : event.idempotencyKey(key);
    CompletableFuture<Map<String, @Nullable Object>> reply = new CompletableFuture<>();
    var unused =
        webhooks
            .actingAs(call.actor())
            .publish(call.site(), keyed)
            .whenCompleteAsync(
                (receipt, failure) -> {
                  boolean isRepeat = isConflict(failure) || (receipt != null && receipt.repeated());
                  if (key != null && isRepeat) {
                    repeated(reply, draft, key, reuse);
                  } else if (failure != null) {
                    reply.completeExceptionally(failure);
                  } else {
                    reply.complete(made(keyed, draft.eventId()));
                  }
                },
                call.workers());
    return reply;
  }

  private static boolean isConflict(@Nullable Throwable failure) {
    return failure instanceof CompletionException wrapped
        ? wrapped.getCause() instanceof ConflictException
        : failure instanceof ConflictException;
  }

  /**
   * Replies to a request whose key exists: with the first event to a recent repeat, with a new
   * event if a key without an eventId is reused later, else with a 409.
   */
  private void repeated(
      CompletableFuture<Map<String, @Nullable Object>> reply, Draft draft, String key, int reuse) {
    try {
      Event first = webhooks.events().findByKey(draft.call().site(), key).orElse(null);
      Instant oldest = clock.instant().minus(RepeatedRequests.WITHIN);
      boolean isRecent = first != null && first.acceptedAt().isAfter(oldest);
      if (draft.eventId() == null && !isRecent && reuse < MAX_REUSES) {
        var unused = publish(draft, reuse + 1).whenComplete((json, e) -> end(reply, json, e));
      } else if (first != null && isRecent && draft.isRequestOf(first)) {
        reply.complete(SvixMessages.json(first, true));
      } else {
        throw SvixErrors.of(409, "conflict", "a message with this eventId already exists");
      }
    } catch (RuntimeException e) {
      reply.completeExceptionally(e);
    }
  }

  private static void end(
      CompletableFuture<Map<String, @Nullable Object>> reply,
      @Nullable Map<String, @Nullable Object> json,
      @Nullable Throwable failure) {
    if (json != null) {
      reply.complete(json);
    } else if (failure != null) {
      reply.completeExceptionally(failure);
    }
  }

  private static Map<String, @Nullable Object> made(NewEvent event, @Nullable String eventId) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("eventId", eventId);
    json.put("eventType", event.type().name());
    json.put("payload", new RawValue(SvixPayload.normalized(event.data())));
    List<String> channels = Channels.in(event.labels());
    json.put("channels", channels.isEmpty() ? null : channels);
    json.put("id", String.valueOf(event.id()));
    json.put("timestamp", String.valueOf(event.occurredAt()));
    return json;
  }

  /** Sends an example of an event type to one endpoint. */
  CompletableFuture<HttpReply> sendExample(Call call, Endpoint endpoint, SvixEventTypes types) {
    SvixBody body = SvixBody.of(call.body());
    String name = body.required("eventType");
    body.check();
    EventTypeDefinition type = types.find(name).orElseThrow(SvixErrors::notFound);
    NewEvent event =
        event(type.type(), Payload.of(example(type)))
            .id(SvixIds.event(repeats.unique()))
            .labels(endpoint.labels())
            .to(endpoint.id().toString());
    CompletableFuture<Receipt> sent = webhooks.actingAs(call.actor()).publish(call.site(), event);
    return sent.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(receipt -> HttpReply.ok(JsonOutput.values(without(made(event, null), false))));
  }

  private static String example(EventTypeDefinition type) {
    String known = type.example();
    return type.schema()
        .map(SchemaVersion::schema)
        .flatMap(SvixPayload::firstExample)
        .orElse(known == null ? "{}" : known);
  }
}
