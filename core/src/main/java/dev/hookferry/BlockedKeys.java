package dev.hookferry;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.delivery.BlockedKey;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.store.commit.Command;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Ordering keys blocked by an exhausted delivery: later events with the key wait until someone
 * retries, skips or cancels it. Only endpoints with {@code order} by key have any. Thread-safe;
 * queries block, and throw {@link dev.hookferry.store.StoreException} if the store fails.
 */
public final class BlockedKeys {
  private final CoreServices services;

  BlockedKeys(CoreServices services) {
    this.services = services;
  }

  /**
   * Returns the blocked keys of an endpoint with the deliveries that block them, newest first.
   *
   * @param page at most 500 entries
   */
  public Page<BlockedKey> list(SiteId site, EndpointId endpoint, PageRequest page) {
    Page<Delivery> blocking = blocking(site, endpoint, page);
    Set<String> keys =
        blocking.data().stream().map(BlockedKeys::key).collect(Collectors.toUnmodifiableSet());
    Map<String, Integer> waiting =
        keys.isEmpty()
            ? Map.of()
            : services.store().log().waiting(endpoint, keys, BlockedKey.MAX_WAITING);
    return blocking.map(
        delivery -> new BlockedKey(delivery, waiting.getOrDefault(key(delivery), 0)));
  }

  private Page<Delivery> blocking(SiteId site, EndpointId endpoint, PageRequest page) {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(page, "page");
    return new Deliveries(services)
        .list(
            DeliveryQuery.ofSite(site).state(DeliveryState.BLOCKED).endpoint(endpoint).page(page));
  }

  private static String key(Delivery delivery) {
    return Objects.requireNonNull(delivery.orderingKey(), "orderingKey");
  }

  /**
   * Schedules one extra attempt of the delivery that blocks a key. The key continues once it
   * succeeds.
   *
   * @return the delivery as it is afterwards
   * @throws NotFoundException if the key is not blocked
   */
  public CompletableFuture<Delivery> retry(SiteId site, EndpointId endpoint, String orderingKey) {
    return new Deliveries(services).retry(site, blocking(site, endpoint, orderingKey).id());
  }

  /**
   * Gives up the delivery that blocks a key: it is exhausted, and the next one is sent.
   *
   * @return the delivery as it is afterwards
   * @throws NotFoundException if the key is not blocked
   */
  public CompletableFuture<Delivery> skip(SiteId site, EndpointId endpoint, String orderingKey) {
    return skip(site, blocking(site, endpoint, orderingKey).id());
  }

  /**
   * Gives up a blocked delivery: it is exhausted, and the next one with its ordering key is sent.
   *
   * @return the delivery as it is afterwards; fails with a {@link ConflictException} if it blocks
   *     no key
   */
  public CompletableFuture<Delivery> skip(SiteId site, DeliveryId id) {
    Deliveries deliveries = new Deliveries(services);
    Delivery before = deliveries.get(site, id);
    Instant requestedAt = services.clock().instant();
    AtomicBoolean mayBeDone = new AtomicBoolean();
    return services
        .runtime()
        .skip(site, id, () -> mayBeDone.set(true))
        .thenApplyAsync(
            reply -> {
              Command.Kind kind = reply;
              if (mayBeDone.get() && isSkipped(before)) {
                // By this command, whose first reply was lost.
                kind = Command.Kind.DONE;
              }
              if (kind == Command.Kind.NOT_BLOCKED || kind == Command.Kind.OWNED) {
                throw new ConflictException(
                    id + " is " + before.state().code() + ", not blocked; nothing to skip");
              }
              Delivery after =
                  deliveries.recordAudit(requestedAt, AuditAction.DELIVERY_SKIPPED, before, kind);
              services.runtime().notifyListener(listener -> listener.skipped(after));
              return after;
            },
            services.blocking());
  }

  private boolean isSkipped(Delivery before) {
    DeliveryState now = new Deliveries(services).get(before.site(), before.id()).state();
    return before.state() == DeliveryState.BLOCKED && now == DeliveryState.EXHAUSTED;
  }

  private Delivery blocking(SiteId site, EndpointId endpoint, String orderingKey) {
    Objects.requireNonNull(orderingKey, "orderingKey");
    PageRequest page = PageRequest.of(PageRequest.MAX_LIMIT);
    while (true) {
      Page<Delivery> some = blocking(site, endpoint, page);
      Optional<Delivery> found =
          some.data().stream().filter(one -> isOf(one, orderingKey)).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      if (some.next() == null) {
        throw new NotFoundException("blocked key", orderingKey);
      }
      page = page.after(some.next());
    }
  }

  private static boolean isOf(Delivery delivery, String orderingKey) {
    return orderingKey.equals(delivery.orderingKey());
  }
}
