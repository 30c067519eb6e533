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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Disables endpoints whose attempts have all failed for longer than the limit, and gives notice a
 * day before. The planned time is stored with the endpoint, so all nodes agree on it. Without a
 * limit, removes the plans that are left from an earlier run. Not thread-safe; calls block.
 */
public final class DisablingWatch {
  /** The longest limit; failures are kept for longer. */
  public static final Duration MAX_TIME = Duration.ofDays(30);

  private static final Duration NOTICE = Duration.ofDays(1);

  private final CoreServices services;
  private final @Nullable Duration limit;

  /** Whether plans were removed. Done only once, as another node may still have the setting. */
  private boolean hasRemovedPlans;

  /**
   * Creates a watch.
   *
   * @param services the services with Hookferry as the actor
   * @param limit at least two days; null to disable none
   */
  public DisablingWatch(CoreServices services, @Nullable Duration limit) {
    this.services = services;
    this.limit = limit;
  }

  /** Checks all endpoints once. Reads the store only if one is to be disabled. */
  public void look() {
    if (services.configHolder().deliveryOff() != null) {
      return;
    }
    Duration maxDuration = limit;
    if (maxDuration != null) {
      enabled().forEach(endpoint -> look(endpoint, maxDuration));
    } else if (!hasRemovedPlans) {
      enabled().forEach(this::removePlan);
      hasRemovedPlans = true;
    }
  }

  private List<Endpoint> enabled() {
    return services.configHolder().config().endpoints().values().stream()
        .filter(Endpoint::enabled)
        .toList();
  }

  private void removePlan(Endpoint endpoint) {
    Instant planned = endpoint.status().disablesAt();
    if (planned != null) {
      boolean unused = plan(endpoint.id(), planned, null);
    }
  }

  private void look(Endpoint endpoint, Duration maxDuration) {
    Instant now = services.clock().instant();
    Instant planned = endpoint.status().disablesAt();
    Failures failing = failing(endpoint).orElse(null);
    if (failing == null) {
      removePlan(endpoint);
    } else if (planned == null) {
      Instant end = failing.since().plus(maxDuration);
      boolean isDue = !failing.last().isBefore(end.minus(NOTICE));
      Instant earliest = now.plus(NOTICE);
      if (isDue && plan(endpoint.id(), null, end.isBefore(earliest) ? earliest : end)) {
        String reason = "no attempt has succeeded since " + failing.since();
        tell(Kind.DISABLING, endpoint, failing, reason);
      }
    } else if (!planned.isAfter(now)) {
      String reason = "no attempt succeeded for " + DurationText.of(maxDuration);
      tell(Kind.GONE, endpoint, failing, reason);
    }
  }

  /** Returns the failures since the last success, or since a user resumed the endpoint. */
  private Optional<Failures> failing(Endpoint endpoint) {
    FailureTracker.CurrentFailures found =
        services.process().history().failures().failures(endpoint.id());
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
          Endpoint current = config.endpoints().get(id);
          if (current == null
              || !current.enabled()
              || !Objects.equals(current.status().disablesAt(), before)) {
            return Planned.of(false);
          }
          EndpointStatus changed = current.status().disablingAt(after);
          return Planned.of(true, new ConfigChange.PutEndpoint(current.with(changed)));
        });
  }

  private void tell(Kind kind, Endpoint endpoint, Failures failing, String reason) {
    EventType cause = EventType.TEST; // no single delivery is the cause
    EndpointHealthEvent change =
        new EndpointHealthEvent(
            kind,
            endpoint.site(),
            endpoint.id(),
            cause,
            reason,
            failing.count(),
            services.clock().instant());
    services.runtime().notifyListener(listener -> listener.endpointChanged(change));
  }
}
