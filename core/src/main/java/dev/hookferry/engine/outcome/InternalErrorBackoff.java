package dev.hookferry.engine.outcome;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.id.DeliveryId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Back-off of deliveries after internal failures, which do not count as attempts. A delivery that
 * has failed a hundred consecutive times and is at least a day old is poisoned, so that it becomes
 * visible. Resolver failures are exempt, because they affect all names at once; failures that kill
 * threads are handled as crash suspicion instead.
 */
public final class InternalErrorBackoff {
  /** Minimum number of consecutive failures on this node before a delivery is poisoned. */
  static final int MAX = 100;

  /** Minimum age of a delivery before it is poisoned. */
  static final Duration PATIENCE = Duration.ofDays(1);

  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration MAX_TIME = Duration.ofMinutes(1);
  private static final int DOUBLINGS = 4;

  /**
   * Maximum number of deliveries whose failures are counted; with more, no single delivery is the
   * cause.
   */
  private static final int REMEMBERED = 10_000;

  private final Map<DeliveryId, Integer> counts = new Counts();

  /** Returns the delivery after an internal failure. */
  Delivery after(Delivery delivery, OutcomeKind kind, Instant now) {
    if (kind != OutcomeKind.INTERNAL_ERROR) {
      return delivery.postponed(now.plus(FIRST));
    }
    int count = counts.merge(delivery.id(), 1, Integer::sum);
    if (count >= MAX && !delivery.createdAt().plus(PATIENCE).isAfter(now)) {
      return delivery.poisoned(now);
    }
    return delivery.postponed(now.plus(pause(count)));
  }

  /** Forgets the failures of a delivery that made progress. */
  public void forget(DeliveryId delivery) {
    counts.remove(delivery);
  }

  private static Duration pause(int count) {
    Duration doubled = FIRST.multipliedBy(1L << Math.min(count - 1, DOUBLINGS));
    return doubled.compareTo(MAX_TIME) < 0 ? doubled : MAX_TIME;
  }

  /** Failure counts; evicts the least recently used one. */
  private static final class Counts extends LinkedHashMap<DeliveryId, Integer> {
    private static final long serialVersionUID = 1L;

    Counts() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<DeliveryId, Integer> eldest) {
      return size() > REMEMBERED;
    }
  }
}
