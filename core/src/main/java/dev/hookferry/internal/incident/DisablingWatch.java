package dev.hookferry.internal.incident;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.field.DurationText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.internal.ConfigHolder.Planned;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.HealthView;
import dev.hookferry.internal.problem.FailureTracker;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.EndpointHealthEvent.Kind;
import dev.hookferry.observe.EndpointProblem.Failures;
import dev.hookferry.site.Site;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Disables endpoints that have only failed for longer than the limit, and announces it a day
 * before. The announced time is part of the endpoint, so all nodes agree on it. Not thread-safe;
 * calls block.
 */
public final class DisablingWatch {
  private static final Duration NOTICE = Duration.ofDays(1);

  private final CoreServices services;
  private final Duration limit;

  /**
   * Creates a watch.
   *
   * @param services those of Hookferry as the actor
   * @param limit at least two days
   */
  public DisablingWatch(CoreServices services, Duration limit) {
    this.services = services;
    this.limit = limit;
  }

  /** Looks once at all endpoints. Reads the store only if one is to be disabled. */
  public void look() {
    if (services.configHolder().deliveryOff() != null) {
      return;
    }
    for (Endpoint endpoint : services.configHolder().config().endpoints().values()) {
      if (endpoint.enabled()) {
        look(endpoint);
      }
    }
  }

  private void look(Endpoint endpoint) {
    Instant now = services.clock().instant();
    Instant planned = endpoint.status().disablesAt();
    Failures failing = failing(endpoint).orElse(null);
    if (failing == null) {
      if (planned != null) {
        boolean unused = plan(endpoint.id(), planned, null);
      }
    } else if (planned == null) {
      Instant end = failing.since().plus(limit);
      boolean isDue = !failing.last().isBefore(end.minus(NOTICE));
      Instant earliest = now.plus(NOTICE);
      if (isDue && plan(endpoint.id(), null, end.isBefore(earliest) ? earliest : end)) {
        tell(Kind.DISABLING, endpoint, failing);
      }
    } else if (!planned.isAfter(now)) {
      tell(Kind.GONE, endpoint, failing);
    }
  }

  /** Returns the failures since the last success, or since a person resumed the endpoint. */
  private Optional<Failures> failing(Endpoint endpoint) {
    FailureTracker.Found found = services.process().failures().failures(endpoint.id());
    Site site = services.configHolder().config().sites().get(endpoint.site());
    if (found.consecutive() < EndpointHealth.FAILING_AFTER || site == null) {
      return Optional.empty();
    }
    boolean isTried = !HealthView.of(services, endpoint, site).isHeld();
    Instant resumed = endpoint.status().since();
    return found
        .ofReceiver()
        .filter(failures -> isTried)
        .map(failures -> resumed == null ? failures : since(resumed, failures));
  }

  private static Failures since(Instant earliest, Failures failures) {
    return failures.since().isBefore(earliest)
        ? new Failures(earliest, failures.last(), failures.count())
        : failures;
  }

  /** Changes the plan; returns whether this node did, and no other one before. */
  private boolean plan(EndpointId id, @Nullable Instant before, @Nullable Instant after) {
    return services.change(
        config -> {
          Endpoint present = config.endpoints().get(id);
          if (present == null
              || !present.enabled()
              || !Objects.equals(present.status().disablesAt(), before)) {
            return Planned.of(false);
          }
          EndpointStatus changed = present.status().disablingAt(after);
          return Planned.of(true, new ConfigChange.PutEndpoint(present.with(changed)));
        });
  }

  private void tell(Kind kind, Endpoint endpoint, Failures failing) {
    EventType cause = EventType.TEST; // no single delivery is the cause
    String reason =
        kind == Kind.GONE
            ? "no attempt succeeded for " + DurationText.of(limit)
            : "no attempt has succeeded since " + failing.since();
    EndpointHealthEvent news =
        new EndpointHealthEvent(
            kind,
            endpoint.site(),
            endpoint.id(),
            cause,
            reason,
            failing.count(),
            services.clock().instant());
    services.runtime().notifyListener(listener -> listener.endpointChanged(news));
  }
}
