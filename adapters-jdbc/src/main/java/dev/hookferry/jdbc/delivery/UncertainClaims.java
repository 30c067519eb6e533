package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.HandBack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Deliveries of claims whose outcome is unknown. Such a claim was reported as failed. If it was
 * committed after all, its deliveries would stay with an owner that does not know about them.
 * Thread-safe.
 */
final class UncertainClaims {
  private final Dialect dialect;
  private final Map<Owner, List<Delivery>> uncertain = new ConcurrentHashMap<>();
  private final Lock settling = new ReentrantLock();

  UncertainClaims(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Records a claim of unknown outcome. */
  void add(Owner owner, List<Delivery> more) {
    uncertain.merge(
        owner,
        more,
        (a, b) -> {
          List<Delivery> all = new ArrayList<>(a);
          all.addAll(b);
          return all;
        });
  }

  /**
   * Returns the deliveries that were claimed with unknown outcome and have not been handed back
   * yet.
   */
  List<Delivery> of(Owner owner) {
    return uncertain.getOrDefault(owner, List.of());
  }

  /**
   * Runs a transaction that hands back these deliveries, and then forgets them. Only one runs at a
   * time, because a second one would also hand back deliveries that the owner has properly claimed
   * since the first one.
   */
  <T> T settle(Owner owner, Function<List<Delivery>, T> transaction) {
    if (of(owner).isEmpty()) {
      return transaction.apply(List.of());
    }
    settling.lock();
    try {
      List<Delivery> claimed = of(owner);
      T result = transaction.apply(claimed);
      clear(owner, claimed);
      return result;
    } finally {
      settling.unlock();
    }
  }

  /**
   * Hands back the deliveries that such claims have taken. Locks them first, which waits for the
   * lost transactions to end; until then their rows appear to be free.
   */
  void giveBack(Handle handle, Owner owner, List<Delivery> claimed) {
    if (!claimed.isEmpty()) {
      new LockedDeliveries(dialect).lock(handle, DeliveryQueue.keys(claimed));
      List<HandBack> handBacks = claimed.stream().map(d -> new HandBack(d.site(), d.id())).toList();
      DeliveryQueue.of(dialect).handBack(handle, owner, handBacks);
    }
  }

  /** Forgets deliveries that were handed back. */
  private void clear(Owner owner, List<Delivery> givenBack) {
    uncertain.computeIfPresent(
        owner,
        (same, all) -> {
          List<Delivery> rest = new ArrayList<>(all);
          rest.removeAll(givenBack);
          return rest.isEmpty() ? null : rest;
        });
  }
}
