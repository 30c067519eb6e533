package dev.hookferry.internal.order;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.store.commit.Command;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Scheduler of extra attempts, or of new deliveries of past events, that preserves the order per
 * ordering key: since commits may run in parallel, it starts the next delivery of a key only once
 * the previous one is durable. Not thread-safe; methods block.
 */
public final class OrderedRescheduler {
  private final CoreServices services;
  private final Rescheduler rescheduler;
  private final List<CompletableFuture<Command.Kind>> started = new ArrayList<>();
  private final Set<Queue> keys = new HashSet<>();
  private int done;
  private int skipped;

  private record Queue(EndpointId endpoint, String key) {}

  public OrderedRescheduler(CoreServices services) {
    this.services = services;
    rescheduler = new Rescheduler(services);
  }

  /** Returns how many deliveries were scheduled. */
  public int done() {
    return done;
  }

  /**
   * Returns how many were not scheduled: removed, refused, blocked by their key, or without
   * endpoint.
   */
  public int skipped() {
    return skipped;
  }

  /**
   * Schedules a delivery, unless it is refused; call {@link #await} after the last.
   *
   * @throws CompletionException if the store failed for an earlier delivery; then add no more
   */
  public void add(Delivery delivery) {
    String key = rescheduler.keyFor(delivery);
    queue(delivery.endpoint(), key);
    try {
      started.add(rescheduler.reschedule(delivery, key));
    } catch (RefusedException e) {
      started.add(CompletableFuture.failedFuture(e));
    }
  }

  /**
   * Schedules like {@link #add}, but creates a delivery for an endpoint that has none of the event
   * yet; skips it if the endpoint was removed.
   */
  public void addNew(Event event, EndpointId id) {
    Endpoint endpoint = services.configHolder().config().endpoints().get(id);
    if (endpoint == null) {
      skipped++;
      return;
    }
    queue(id, endpoint.order().isByKey() ? event.options().orderingKey() : null);
    started.add(services.runtime().deliver(event, List.of(id)));
  }

  /** Counts a delivery that no longer exists as skipped. */
  public void skip() {
    skipped++;
  }

  /** Waits for all earlier deliveries if one of them has this ordering key. */
  private void queue(EndpointId endpoint, @Nullable String key) {
    Queue queue = key == null ? null : new Queue(endpoint, key);
    if (queue != null && !keys.add(queue)) {
      await();
      keys.add(queue);
    }
  }

  /**
   * Waits until all deliveries are durable.
   *
   * @throws CompletionException if the store failed for one; the others may take until the store
   *     recovers, so it does not wait for them
   */
  public void await() {
    keys.clear();
    for (CompletableFuture<Command.Kind> one : started) {
      try {
        switch (one.join()) {
          case DONE, OWNED -> done++;
          case NOT_FOUND, WAITING, FINAL, NOT_BLOCKED -> skipped++;
        }
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof RefusedException)
            || e.getCause() instanceof OverloadedException) {
          throw e;
        }
        skipped++;
      }
    }
    started.clear();
  }
}
