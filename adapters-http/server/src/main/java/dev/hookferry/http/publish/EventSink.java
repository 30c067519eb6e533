package dev.hookferry.http.publish;

import dev.hookferry.audit.Actor;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.SiteId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Accepts the events of a request. Thread-safe; never blocks. */
public interface EventSink {
  /**
   * Publishes the events of one request, all or nothing.
   *
   * @param by the publishing key
   * @param replyExecutor executor that completes the returned future
   * @return one receipt per event, in the same order, once the events are durable; fails with the
   *     reason if they are refused
   */
  CompletableFuture<List<Receipt>> take(
      Actor by, SiteId site, List<NewEvent> events, Executor replyExecutor);
}
