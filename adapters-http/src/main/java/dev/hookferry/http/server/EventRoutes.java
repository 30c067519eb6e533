package dev.hookferry.http.server;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventId;
import dev.hookferry.event.Receipt;
import dev.hookferry.port.EventQuery;
import dev.hookferry.port.Page;
import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Publishing events, and looking at them. */
final class EventRoutes {
  private static final String KEY_HEADER = "Idempotency-Key";

  /** Five characters less than a single event may have: room for the index in a batch. */
  private static final Pattern KEY = Pattern.compile("[!-~]{1,250}");

  private final Webhooks webhooks;
  private final Duration answerWithin;

  EventRoutes(Webhooks webhooks, Duration answerWithin) {
    this.webhooks = webhooks;
    this.answerWithin = answerWithin;
  }

  /** Accepts one event or a batch; never blocks. */
  CompletableFuture<Reply> publish(Call call) {
    PublishParser.Published published = PublishParser.parse(call.body(), key(call));
    SiteId site = call.site();
    if (published.batch()) {
      return inTime(webhooks.publishAll(site, published.events()))
          .thenApply(receipts -> Reply.json(202, EventRoutes.all(receipts)));
    }
    return inTime(webhooks.publish(site, published.events().get(0)))
        .thenApply(receipt -> Reply.json(202, Json.one(EventJson::write, receipt)));
  }

  /** A site's events. */
  Reply list(Call call) {
    Query query = call.query();
    EventQuery asked = new EventQuery(call.site(), query.type(), query.window(), query.page());
    query.check();
    Page<Event> page =
        query.isImpossible() ? new Page<>(List.of(), null) : webhooks.events().list(asked);
    return Reply.ok(Json.page(EventJson::write, page));
  }

  /** One event with its payload and deliveries. */
  Reply get(Call call) {
    Events.Seen seen = webhooks.events().get(call.site(), call.id("event", EventId::new));
    return Reply.ok(Json.one(EventJson::write, seen));
  }

  private static @Nullable String key(Call call) {
    String key = call.header(KEY_HEADER);
    if (key != null && !KEY.matcher(key).matches()) {
      throw InvalidException.of(KEY_HEADER, "must be 1 to 250 visible ASCII characters");
    }
    return key;
  }

  private static Json.Writing all(List<Receipt> receipts) {
    return json -> {
      json.writeStartArray();
      for (Receipt receipt : receipts) {
        EventJson.write(json, receipt);
      }
      json.writeEndArray();
    };
  }

  private <T> CompletableFuture<T> inTime(CompletableFuture<T> receipt) {
    return receipt.orTimeout(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
  }
}
