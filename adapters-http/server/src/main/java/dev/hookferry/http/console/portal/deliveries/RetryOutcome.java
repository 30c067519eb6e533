package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.portal.deliveries.ResentBatches.Kept;
import dev.hookferry.http.portal.PortalReasons;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.portal.PortalAccess;
import java.time.Instant;
import java.util.ArrayList;
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
 * @param slowed the endpoints that fail or are rate limited, if some deliveries to them are unsent
 */
public record RetryOutcome(
    Map<DeliveryId, Kind> kinds,
    Map<DeliveryId, Delivery> open,
    Map<DeliveryId, Attempt> last,
    @Nullable Instant next,
    List<Slowed> slowed) {
  /**
   * An endpoint at which unsent deliveries wait.
   *
   * @param count how many wait
   * @param until when sending to it continues; null if it fails and gets one at a time
   */
  public record Slowed(Endpoint endpoint, int count, @Nullable Instant until) {}

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
    return new RetryOutcome(
        kinds, open, last, next.orElse(null), slowed(kinds, open, health, mine, now));
  }

  /** Returns the endpoints at which unsent deliveries wait. */
  private static List<Slowed> slowed(
      Map<DeliveryId, Kind> kinds,
      Map<DeliveryId, Delivery> open,
      Map<EndpointId, EndpointHealth> health,
      Map<EndpointId, Endpoint> mine,
      Instant now) {
    Map<EndpointId, Integer> unsent = new LinkedHashMap<>();
    open.values().stream()
        .filter(one -> one.state() == DeliveryState.PENDING)
        .filter(one -> kinds.get(one.id()) == Kind.OPEN)
        .forEach(one -> unsent.merge(one.endpoint(), 1, Integer::sum));
    List<Slowed> slowed = new ArrayList<>();
    unsent.forEach(
        (id, count) -> {
          EndpointHealth state = Objects.requireNonNull(health.get(id));
          Instant until = PortalReasons.restsUntil(state, now).orElse(null);
          if (until != null || isSentOneAtATime(state)) {
            slowed.add(new Slowed(Objects.requireNonNull(mine.get(id)), count, until));
          }
        });
    return slowed;
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
    if (count(Kind.AGAIN) + count(Kind.HELD) > 0 || !slowed.isEmpty()) {
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

  /** Returns why some deliveries are not sent yet, in sentences. */
  public List<TimedText> waits(Words words, Instant now) {
    List<TimedText> texts = new ArrayList<>();
    List<Slowed> failing = slowed.stream().filter(one -> one.until() == null).toList();
    if (failing.size() == 1) {
      String name = ShortName.of(failing.get(0).endpoint());
      texts.add(TimedText.of(words.text("sent.slow", name)));
    } else if (!failing.isEmpty()) {
      texts.add(TimedText.of(words.text("sent.slow-several", words.number(failing.size()))));
    }
    for (Slowed one : slowed) {
      if (one.until() != null) {
        String name = ShortName.of(one.endpoint());
        String text = words.count("sent.limited", one.count(), false, name, TimedText.TIME);
        texts.add(TimedText.headline(text, words.clock(one.until(), now)));
      }
    }
    return texts;
  }

  /** Returns the deliveries, the most important first. */
  public List<DeliveryId> inOrder() {
    return kinds.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }
}
