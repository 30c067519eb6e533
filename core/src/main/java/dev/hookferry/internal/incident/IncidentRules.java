package dev.hookferry.internal.incident;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.event.OperationalEvents;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.BlockedKeyEvent;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rules for the consequences of a change in the health of an endpoint. */
public final class IncidentRules {
  private static final Duration BETWEEN_LATE_BACKLOGS = Duration.ofHours(1);

  private IncidentRules() {}

  /**
   * Returns the id of the {@code backlog_late} event. It is the same on all nodes within one clock
   * hour, so the store keeps only the first event.
   */
  static EventId lateBacklog(Instant now) {
    return new EventId("backlog_late-" + now.truncatedTo(ChronoUnit.HOURS).getEpochSecond());
  }

  /** Returns whether any node reported a late backlog within the last 60 minutes. Blocks. */
  static boolean wasLateBacklogReported(AttemptLog log, Instant now) {
    Instant earliest = now.minus(BETWEEN_LATE_BACKLOGS);
    return Stream.of(earliest, now)
        .flatMap(hour -> log.event(SiteId.DEFAULT, lateBacklog(hour)).stream())
        .anyMatch(event -> event.acceptedAt().isAfter(earliest));
  }

  /** Returns the type of the operational event that reports a health event. */
  public static EventType type(EndpointHealthEvent.Kind kind) {
    return switch (kind) {
      case GONE -> OperationalEvents.DISABLED;
      case DISABLING -> OperationalEvents.WILL_BE_DISABLED;
      case FAILING -> OperationalEvents.FAILING;
      case RECOVERED -> OperationalEvents.RECOVERED;
    };
  }

  /** Returns the change that disables an endpoint; null if it is already disabled or removed. */
  public static @Nullable ConfigChange disabling(Config config, EndpointHealthEvent change) {
    Endpoint current = config.endpoints().get(change.endpoint());
    return current == null || !current.enabled()
        ? null
        : new ConfigChange.PutEndpoint(
            current.with(EndpointStatus.disabled(change.reason(), change.at())));
  }

  /**
   * Returns whether to publish an operational event about a blocked key, by the same rules as
   * {@link #isReported(Config, EventType, EndpointHealthEvent)}.
   */
  static boolean isReported(Config config, BlockedKeyEvent blocked) {
    return !blocked.isAboutOperationalEvents()
        && isWanted(config, OperationalEvents.KEY_BLOCKED, blocked.site(), blocked.endpoint());
  }

  /** Returns whether an endpoint of the site other than {@code about} subscribes to the type. */
  static boolean isWanted(Config config, EventType type, SiteId site, EndpointId about) {
    return config.endpointsOf(site).values().stream()
        .anyMatch(other -> other.isSubscribedTo(type) && !other.id().equals(about));
  }

  /**
   * Returns an event that does not reach the endpoint it is about: if that endpoint subscribes to
   * it, the event is addressed to the other subscribers; otherwise it is routed by type.
   */
  static Event addressed(Config config, Event event, Endpoint about) {
    if (!about.isSubscribedTo(event.type())) {
      return event;
    }
    List<EndpointId> others =
        config.endpointsOf(about.site()).values().stream()
            .filter(other -> other.isSubscribedTo(event.type()) && !other.id().equals(about.id()))
            .map(Endpoint::id)
            .toList();
    return event.with(new EventOptions(Map.of(), others, null, null, Map.of(), null, false));
  }

  /** Returns whether an endpoint of the site subscribes to the type. */
  static boolean isWanted(Config config, EventType type, SiteId site) {
    return config.endpointsOf(site).values().stream().anyMatch(one -> one.isSubscribedTo(type));
  }

  /**
   * Returns whether to publish an operational event: another endpoint of the site must subscribe to
   * it, and it must not be about the delivery of operational events themselves.
   */
  public static boolean isReported(Config config, EventType type, EndpointHealthEvent change) {
    return !change.isAboutOperationalEvents()
        && isWanted(config, type, change.site(), change.endpoint());
  }
}
