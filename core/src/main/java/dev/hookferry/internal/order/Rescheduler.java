package dev.hookferry.internal.order;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.store.commit.Command;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Scheduler of extra attempts, in the queues of their ordering keys; writes no audit entries. */
public final class Rescheduler {
  private final CoreServices services;

  public Rescheduler(CoreServices services) {
    this.services = services;
  }

  /**
   * Schedules one extra attempt.
   *
   * @throws ConflictException if its endpoint was removed
   */
  public CompletableFuture<Command.Kind> reschedule(Delivery delivery) {
    return reschedule(delivery, keyFor(delivery));
  }

  /**
   * Schedules one extra attempt.
   *
   * @param key the key that {@link #keyFor} returns
   * @throws ConflictException if its endpoint was removed
   */
  CompletableFuture<Command.Kind> reschedule(Delivery delivery, @Nullable String key) {
    if (!services.configHolder().config().endpoints().containsKey(delivery.endpoint())) {
      throw new ConflictException(
          "the endpoint of " + delivery.id() + " was removed; it cannot be sent");
    }
    return services.runtime().retry(delivery.site(), delivery.id(), key);
  }

  /**
   * Returns the ordering key in whose queue an ended delivery is retried, or null for none. The key
   * does not depend on the state of the delivery, which may end before the retry. Blocks.
   */
  @Nullable String keyFor(Delivery delivery) {
    Endpoint endpoint = services.configHolder().config().endpoints().get(delivery.endpoint());
    if (endpoint == null || !endpoint.order().isByKey()) {
      return null;
    }
    return services
        .store()
        .log()
        .event(delivery.site(), delivery.event())
        .map(event -> event.options().orderingKey())
        .orElse(null);
  }
}
