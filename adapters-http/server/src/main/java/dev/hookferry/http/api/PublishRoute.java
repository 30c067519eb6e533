package dev.hookferry.http.api;

import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.event.TraceContext;
import dev.hookferry.http.publish.EventSink;
import dev.hookferry.http.publish.PublishParser;
import dev.hookferry.http.resource.EventJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Calls that publish events. Never blocks. */
public final class PublishRoute {
  private static final String KEY_HEADER = "Idempotency-Key";
  private static final String REPLAYED = "Idempotent-Replayed";

  /**
   * At most 250 characters: five fewer than for a single event, to leave room for the batch index.
   */
  private static final Pattern KEY = Pattern.compile("[!-~]{1,250}");

  private final EventSink sink;
  private final Duration requestTimeout;

  public PublishRoute(EventSink sink, Duration requestTimeout) {
    this.sink = sink;
    this.requestTimeout = requestTimeout;
  }

  /** Accepts one event, or an array like {@link #batch}. */
  public CompletableFuture<HttpReply> run(Call call) {
    return accept(call, PublishParser.parse(call.body(), key(call)));
  }

  /** Accepts an array of events, all or none. */
  CompletableFuture<HttpReply> batch(Call call) {
    PublishParser.Published published = PublishParser.parse(call.body(), key(call));
    if (!published.batch()) {
      throw InvalidException.of(
          "", "the body must be an array of events; POST a single one to …/events");
    }
    return accept(call, published);
  }

  private CompletableFuture<HttpReply> accept(Call call, PublishParser.Published published) {
    // Keeps only this flag, so that the request can be freed while the event waits for its commit.
    boolean batch = published.batch();
    return sink.take(call.actor(), call.site(), traced(call, published.events()), call.thread())
        .orTimeout(requestTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(receipts -> written(receipts, batch));
  }

  /**
   * Adds the request's trace to events that have none of their own. A malformed trace is ignored.
   */
  private static List<NewEvent> traced(Call call, List<NewEvent> events) {
    String header = call.list(TraceContext.HEADER);
    if (header == null || TraceContext.find(header).isEmpty()) {
      return events;
    }
    String state = Objects.requireNonNullElse(call.list(TraceContext.STATE_HEADER), "");
    return events.stream()
        .map(event -> event.trace() == null ? event.traceparent(header).tracestate(state) : event)
        .toList();
  }

  /**
   * Returns the reply to accepted events. When a publish is repeated, only a header differs from
   * the first reply.
   */
  private static HttpReply written(List<Receipt> receipts, boolean batch) {
    HttpReply reply =
        batch
            ? HttpReply.json(202, EventJson.RECEIPT.list(receipts))
            : HttpReply.of(202, "application/json", EventJson.bytes(receipts.get(0)));
    return receipts.stream().allMatch(Receipt::repeated) ? reply.with(REPLAYED, "true") : reply;
  }

  private static @Nullable String key(Call call) {
    String key = call.header(KEY_HEADER);
    if (key != null && !KEY.matcher(key).matches()) {
      throw InvalidException.of(KEY_HEADER, "must be 1 to 250 visible ASCII characters");
    }
    return key;
  }
}
