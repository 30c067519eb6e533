package dev.hookferry.http.server;

import dev.hookferry.event.Receipt;
import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Publishing events; never blocks. */
final class PublishRoute {
  private static final String KEY_HEADER = "Idempotency-Key";

  /** Five characters less than a single event may have: room for the index in a batch. */
  private static final Pattern KEY = Pattern.compile("[!-~]{1,250}");

  private final EventSink sink;
  private final Duration answerWithin;

  PublishRoute(EventSink sink, Duration answerWithin) {
    this.sink = sink;
    this.answerWithin = answerWithin;
  }

  /** Accepts one event or a batch. */
  CompletableFuture<Reply> run(Call call) {
    PublishParser.Published published = PublishParser.parse(call.body(), key(call));
    return sink.take(call.site(), published.events(), call.thread())
        .orTimeout(answerWithin.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(receipts -> written(receipts, published.batch()));
  }

  private static Reply written(List<Receipt> receipts, boolean batch) {
    return batch
        ? Reply.json(202, all(receipts))
        : Reply.of(202, "application/json", EventJson.bytes(receipts.get(0)));
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
}
