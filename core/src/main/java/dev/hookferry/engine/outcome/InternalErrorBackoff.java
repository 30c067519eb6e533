package dev.hookferry.engine.outcome;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.id.DeliveryId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long a delivery waits after a failure of ours, which uses up no attempt, and when that has an
 * end. Nobody mends what fails for a day, and a hundred times in a row: then the delivery is parked
 * where it is seen. Our resolver is no reason, since it fails for all names at once; and what ends
 * threads is judged as a suspect.
 */
public final class InternalErrorBackoff {
  /** So many failures in a row, at this node, are the least. */
  static final int MOST = 100;

  /** So old is a delivery that is parked. */
  static final Duration PATIENCE = Duration.ofDays(1);

  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int DOUBLINGS = 4;

  /** Of more deliveries than these the failures are not counted: then it is none of them. */
  private static final int REMEMBERED = 10_000;

  private final Map<DeliveryId, Integer> counts = new Counts();

  /** What becomes of a delivery after a failure of ours. */
  Delivery after(Delivery delivery, OutcomeKind kind, Instant now) {
    if (kind != OutcomeKind.INTERNAL_ERROR) {
      return delivery.postponed(now.plus(FIRST));
    }
    int count = counts.merge(delivery.id(), 1, Integer::sum);
    if (count >= MOST && !delivery.createdAt().plus(PATIENCE).isAfter(now)) {
      return delivery.poisoned(now);
    }
    return delivery.postponed(now.plus(pause(count)));
  }

  /** The delivery got further than that. */
  public void forget(DeliveryId delivery) {
    counts.remove(delivery);
  }

  private static Duration pause(int count) {
    Duration doubled = FIRST.multipliedBy(1L << Math.min(count - 1, DOUBLINGS));
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }

  /** Forgets whose turn was longest ago. */
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
