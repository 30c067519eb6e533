package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.portal.deliveries.ResentBatches.Kept;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.portal.PortalAccess;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The known outcomes of retried deliveries.
 *
 * @param kinds the outcome of each delivery, in the order in which they were sent
 * @param open the unfinished deliveries, by id
 * @param last the last attempt of each attempted delivery
 * @param next when the first scheduled retry is due, or null if unknown
 * @param failing the failing endpoints with unsent deliveries, which are sent one at a time
 */
public record RetryOutcome(
    Map<DeliveryId, Kind> kinds,
    Map<DeliveryId, Delivery> open,
    Map<DeliveryId, Attempt> last,
    @Nullable Instant next,
    List<Endpoint> failing) {
  /** The outcome of one delivery, in order of importance. */
  public enum Kind {
    /** The last attempt failed, and no retry follows. */
    FAILED,
    /** The last attempt failed; the next one is scheduled. */
    AGAIN,
    /** Its endpoint is paused or disabled. */
    HELD,
    /** Not delivered: in flight, waiting, or impossible to send. */
    OPEN,
    /** Delivered. */
    DELIVERED
  }

  /** Checks a batch, ignoring deliveries outside the session's scope. */
  public static RetryOutcome of(Webhooks webhooks, PortalAccess access, Kept kept, Instant now) {
    Map<EndpointId, Endpoint> mine =
        access.endpoints().stream().collect(Collectors.toMap(Endpoint::id, one -> one));
    List<DeliveryId> ids =
        kept.before().keySet().stream()
            .filter(id -> mine.containsKey(kept.endpoints().get(id)))
            .toList();
    // In this order, a delivery that ends meanwhile has an attempt that its earlier state does not
    // include.
    Map<DeliveryId, Delivery> open = BatchDeliveries.open(access, kept, ids);
    Map<DeliveryId, Attempt> last =
        webhooks.deliveries().lastAttempts(access.session().site(), Set.copyOf(ids));
    Map<EndpointId, EndpointHealth> health =
        open.values().stream()
            .map(Delivery::endpoint)
            .distinct()
            .map(id -> Objects.requireNonNull(mine.get(id)))
            .collect(Collectors.toMap(Endpoint::id, webhooks.endpoints()::health));
    Map<DeliveryId, Kind> kinds = new LinkedHashMap<>();
    for (DeliveryId id : ids) {
      Attempt attempt = last.get(id);
      boolean isTried = attempt != null && attempt.number() > kept.before().getOrDefault(id, 0);
      kinds.put(id, kind(open.get(id), isTried ? attempt : null, health, now));
    }
    Optional<Instant> next =
        open.values().stream()
            .filter(one -> kinds.get(one.id()) == Kind.AGAIN)
            .map(one -> TranslatedReasons.next(one, healthOf(one, health)))
            .filter(when -> when.isAfter(now))
            .min(Comparator.naturalOrder());
    List<Endpoint> failing =
        open.values().stream()
            .filter(one -> one.state() == DeliveryState.PENDING)
            .filter(one -> kinds.get(one.id()) == Kind.OPEN)
            .map(Delivery::endpoint)
            .distinct()
            .filter(id -> isSentOneAtATime(Objects.requireNonNull(health.get(id))))
            .map(id -> Objects.requireNonNull(mine.get(id)))
            .toList();
    return new RetryOutcome(kinds, open, last, next.orElse(null), failing);
  }

  private static boolean isSentOneAtATime(EndpointHealth health) {
    return health.isProbed() || health.state() == EndpointHealth.State.BACKING_OFF;
  }

  private static Kind kind(
      @Nullable Delivery open,
      @Nullable Attempt since,
      Map<EndpointId, EndpointHealth> health,
      Instant now) {
    if (since != null && since.outcome().isSuccess()) {
      return Kind.DELIVERED;
    }
    boolean isStale = open != null && since != null && open.attempts() < since.number();
    if (open == null || open.state() == DeliveryState.BLOCKED) {
      return since == null ? Kind.OPEN : Kind.FAILED;
    }
    return switch (open.state()) {
      case HELD -> isStale ? Kind.OPEN : Kind.HELD;
      // Untried deliveries wait while their endpoint backs off, but this retry has not happened
      // yet.
      case PENDING ->
          since == null || isStale || isDue(open, healthOf(open, health), now)
              ? Kind.OPEN
              : Kind.AGAIN;
      default -> Kind.OPEN;
    };
  }

  private static boolean isDue(Delivery open, EndpointHealth health, Instant now) {
    return !TranslatedReasons.next(open, health).isAfter(now);
  }

  private static EndpointHealth healthOf(Delivery one, Map<EndpointId, EndpointHealth> health) {
    return health.getOrDefault(one.endpoint(), EndpointHealth.WORKING);
  }

  /** Returns how many have this outcome. */
  public int count(Kind kind) {
    return (int) kinds.values().stream().filter(kind::equals).count();
  }

  /**
   * Returns the CSS class of the message: good, bad, wait or plain.
   *
   * @param unsent how many that can be sent have not been attempted
   */
  public String tone(int unsent) {
    if (count(Kind.FAILED) > 0) {
      return "bad";
    }
    if (count(Kind.AGAIN) + count(Kind.HELD) > 0 || !failing.isEmpty()) {
      return "wait";
    }
    return unsent == 0 && count(Kind.DELIVERED) > 0 ? "good" : "plain";
  }

  /**
   * Returns the last response to these deliveries, or why there was none; empty if it differs among
   * them.
   */
  public String response(Collection<DeliveryId> ids, TranslatedReasons reasons) {
    List<String> all = ids.stream().map(id -> reasons.response(last.get(id))).distinct().toList();
    return all.size() == 1 ? all.get(0) : "";
  }

  /** Returns the deliveries, the most important first. */
  public List<DeliveryId> inOrder() {
    return kinds.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }
}
