package dev.hookferry.http.publish;

import dev.hookferry.audit.Actor;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.SiteId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Where events go once their request was read. Thread-safe; never blocks. */
public interface EventSink {
  /**
   * Takes events that came together, all or none.
   *
   * @param by who publishes
   * @param answering where the caller goes on with the receipts
   * @return one receipt for each event, in their order, once the caller may be answered; fails with
   *     what is to be answered instead
   */
  CompletableFuture<List<Receipt>> take(
      Actor by, SiteId site, List<NewEvent> events, Executor answering);
}
