package dev.hookferry.internal.order;

import dev.hookferry.delivery.Delivery;
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

/**
 * Schedules ended deliveries again so that those of one ordering key keep the order they are given
 * in: commits may run in parallel, so the next of a key begins when the one before is durable. Not
 * thread-safe; methods block.
 */
public final class OrderedRevival {
  private final Revival revival;
  private final List<CompletableFuture<Command.Kind>> begun = new ArrayList<>();
  private final Set<Queue> keys = new HashSet<>();
  private int done;
  private int skipped;

  private record Queue(EndpointId endpoint, String key) {}

  public OrderedRevival(CoreServices services) {
    revival = new Revival(services);
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
    String key = revival.keyFor(delivery);
    Queue queue = key == null ? null : new Queue(delivery.endpoint(), key);
    if (queue != null && !keys.add(queue)) {
      await();
      keys.add(queue);
    }
    try {
      begun.add(revival.revive(delivery, key));
    } catch (RefusedException e) {
      begun.add(CompletableFuture.failedFuture(e));
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
    for (CompletableFuture<Command.Kind> one : begun) {
      try {
        var unused = one.join();
        done++;
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof RefusedException)
            || e.getCause() instanceof OverloadedException) {
          throw e;
        }
        skipped++;
      }
    }
    begun.clear();
  }
}
