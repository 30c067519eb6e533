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
 * Watch that disables endpoints whose attempts have all failed for longer than the limit, with a
 * day's notice. The planned time is stored with the endpoint, so that all nodes agree on it.
 * Without a limit, removes plans left over from an earlier run. Not thread-safe; calls block.
 */
public final class DisablingWatch {
  /** Maximum limit; shorter than the time for which failures are kept. */
  public static final Duration MAX_TIME = Duration.ofDays(30);

  private static final Duration NOTICE = Duration.ofDays(1);

  private final CoreServices services;
  private final @Nullable Duration limit;

  /** Whether plans were removed. Done only once, because another node may still have a limit. */
  private boolean hasRemovedPlans;

  /**
   * Creates a watch.
   *
   * @param services the services, with Hookferry as the actor
   * @param limit at least two days; null to disable no endpoints
   */
  public DisablingWatch(CoreServices services, @Nullable Duration limit) {
    this.services = services;
    this.limit = limit;
  }

  /** Checks all endpoints once. Accesses the store only if the plan of an endpoint changes. */
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

  /** Returns the failures since the last success or resume; empty if too few, or if it is held. */
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

  /** Changes the plan; returns false if the endpoint has changed in the meantime. */
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
    EventType cause = EventType.TEST; // there is no single delivery to blame
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
