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
 * Schedules ended deliveries again, or makes new ones of past events, so that those of one ordering
 * key keep the order they are given in: commits may run in parallel, so the next of a key begins
 * when the one before is durable. Not thread-safe; methods block.
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

  /** Returns how many were scheduled. */
  public int done() {
    return done;
  }

  /** Returns how many were refused, because they no longer exist or lost their endpoint. */
  public int skipped() {
    return skipped;
  }

  /**
   * Schedules one more, unless it is refused; call {@link #await} after the last.
   *
   * @throws CompletionException if the store failed for an earlier one; add nothing more then
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
   * Like {@link #add}, but for an endpoint that has no delivery of the event yet: creates one,
   * unless the endpoint was removed.
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

  /** Counts one that no longer exists. */
  public void skip() {
    skipped++;
  }

  /** Waits for the one before with this ordering key, if there is one. */
  private void queue(EndpointId endpoint, @Nullable String key) {
    Queue queue = key == null ? null : new Queue(endpoint, key);
    if (queue != null && !keys.add(queue)) {
      await();
      keys.add(queue);
    }
  }

  /**
   * Waits until all are durable.
   *
   * @throws CompletionException if the store failed for one; does not wait for the others then,
   *     which may take as long as the store needs to recover
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
