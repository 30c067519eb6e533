package dev.hookferry.app.alerts;

import dev.hookferry.Endpoints;
import dev.hookferry.app.config.AlertType;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.OperationalEvents;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.Backlog;
import dev.hookferry.observe.BlockedKeyEvent;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.EndpointHealthEvent.Kind;
import dev.hookferry.observe.ExpiryNotice;
import dev.hookferry.observe.Listener;
import dev.hookferry.observe.OwnFault;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreFullException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Listener that records incidents in the tracker. Never waits for I/O. */
final class AlertListener implements Listener {
  private static final String STORE = "store";
  private static final int MAX_WORKED = 10_000;

  private final IncidentTracker tracker;
  private final EndpointNames names;
  private final InstantSource clock;

  /** The last report of each endpoint that has not recovered since. */
  private final Map<EndpointId, EndpointHealthEvent> failing = new HashMap<>();

  /** Endpoints known to be failing only from an earlier run, with the time of the restore. */
  private final Map<EndpointId, Instant> restored = new ConcurrentHashMap<>();

  /** Endpoints that succeeded before {@link #restore}, so that no other success is required. */
  private final Set<EndpointId> worked = ConcurrentHashMap.newKeySet();

  private volatile boolean isRestored;

  AlertListener(IncidentTracker tracker, EndpointNames names, InstantSource clock) {
    this.tracker = tracker;
    this.names = names;
    this.clock = clock;
  }

  @Override
  public void endpointChanged(EndpointHealthEvent change) {
    if (change.isAboutOperationalEvents()) {
      return;
    }
    Instant now = clock.instant();
    switch (change.kind()) {
      case FAILING -> failing(change, now);
      case GONE ->
          tracker.happened(
              AlertType.ENDPOINT_DISABLED,
              about(change),
              named(change) + " was disabled: " + change.reason(),
              now);
      case DISABLING ->
          tracker.happened(
              AlertType.ENDPOINT_DISABLED,
              about(change) + " planned",
              named(change) + " will be disabled: " + change.reason(),
              now);
      case RECOVERED -> recovered(change, now);
    }
  }

  private String named(EndpointHealthEvent change) {
    return names.of(change.site(), change.endpoint());
  }

  /** Returns the subject of an endpoint's incident, which {@link #restore} parses. */
  private static String about(EndpointHealthEvent change) {
    return change.site() + " " + change.endpoint();
  }

  /** Restores failing endpoints that earlier runs or other nodes reported. */
  synchronized void restore(List<ReportedIncident> reported, Instant now) {
    for (ReportedIncident earlier : reported) {
      if (earlier.type() == AlertType.ENDPOINT_FAILING && earlier.isOpen()) {
        restore(earlier, now);
      }
    }
    isRestored = true;
    worked.clear();
  }

  private void restore(ReportedIncident earlier, Instant now) {
    String[] names = earlier.about().split(" ", 2);
    Optional<SiteId> site = SiteId.find(names[0]);
    Optional<EndpointId> endpoint = EndpointId.find(names[names.length - 1]);
    if (site.isPresent() && endpoint.isPresent()) {
      Instant at = earlier.reportedAt();
      EndpointHealthEvent change =
          new EndpointHealthEvent(
              Kind.FAILING, site.get(), endpoint.get(), EventType.TEST, "", 0, at);
      if (failing.putIfAbsent(endpoint.get(), change) == null && !worked.contains(endpoint.get())) {
        restored.put(endpoint.get(), now);
      }
    }
  }

  /** Notes successes, since the engine reports no recovery from failures of an earlier run. */
  @Override
  public void attempted(Attempt attempt) {
    if (!attempt.outcome().isSuccess() || attempt.type().equals(EventType.TEST)) {
      return;
    }
    restored.remove(attempt.endpoint());
    if (!isRestored && worked.size() < MAX_WORKED) {
      worked.add(attempt.endpoint());
    }
  }

  private synchronized void failing(EndpointHealthEvent change, Instant now) {
    failing.put(change.endpoint(), change);
    restored.remove(change.endpoint());
    tracker.reopened(
        AlertType.ENDPOINT_FAILING,
        about(change),
        named(change) + " is failing: " + change.reason(),
        now);
  }

  private synchronized void recovered(EndpointHealthEvent change, Instant now) {
    failing.remove(change.endpoint());
    restored.remove(change.endpoint());
    String text = named(change) + " works again";
    tracker.over(AlertType.ENDPOINT_FAILING, about(change), text, now);
  }

  /** Raises no alert, since the user who skipped the delivery already knows. */
  @Override
  public void skipped(Delivery delivery) {}

  /** Opens an incident per site; one alert covers all its exhausted deliveries. */
  @Override
  public void settled(Delivery delivery) {
    // The sender of a test sees its outcome.
    if (delivery.state() == DeliveryState.EXHAUSTED
        && !delivery.type().equals(EventType.TEST)
        && !OperationalEvents.contains(delivery.type())) {
      tracker.happened(
          AlertType.DELIVERY_EXHAUSTED,
          delivery.site().value(),
          "deliveries ran out of retries, such as "
              + delivery.id()
              + " to "
              + names.of(delivery.site(), delivery.endpoint()),
          clock.instant());
    }
  }

  @Override
  public void keyBlocked(BlockedKeyEvent change) {
    tracker.happened(
        AlertType.KEY_BLOCKED,
        change.site() + " " + change.delivery() + " " + change.since().toEpochMilli(),
        "an ordering key of "
            + names.of(change.site(), change.endpoint())
            + " is blocked by delivery "
            + change.delivery(),
        clock.instant());
  }

  @Override
  public void expiryNoticed(ExpiryNotice notice) {
    String what =
        notice.kind() == ExpiryNotice.Kind.CERTIFICATE ? "client certificate" : "signature";
    tracker.happened(
        AlertType.EXPIRING,
        notice.site() + " " + notice.endpoint() + " " + notice.name() + " " + notice.days(),
        "the "
            + what
            + " of "
            + names.of(notice.site(), notice.endpoint())
            + (notice.days() == 0 ? " has expired: " : " expires soon: ")
            + notice.expiresAt(),
        clock.instant());
  }

  @Override
  public void fault(String what, Throwable cause) {
    if (cause instanceof StoreException failure && failure.isOutage()) {
      String text =
          failure instanceof StoreFullException full
              ? full.summary() + "; new events are refused"
              : "the store is not available";
      tracker.begun(AlertType.STORE_UNAVAILABLE, STORE, text, clock.instant());
    }
  }

  @Override
  public void storeRecovered() {
    tracker.over(
        AlertType.STORE_UNAVAILABLE, STORE, "the store is available again", clock.instant());
  }

  /** Ends incidents of endpoints whose health a change has reset, which reports no recovery. */
  void look(Endpoints endpoints) {
    List<EndpointHealthEvent> known;
    synchronized (this) {
      known = List.copyOf(failing.values());
    }
    for (EndpointHealthEvent change : known) {
      try {
        look(change, endpoints);
      } catch (NotFoundException e) {
        ended(change, false);
      }
    }
  }

  private void look(EndpointHealthEvent change, Endpoints endpoints) {
    Endpoint endpoint = endpoints.get(change.site(), change.endpoint());
    EndpointHealth health = endpoints.health(endpoint);
    if (!endpoint.enabled()) {
      ended(change, false);
    } else if (!health.isHeld() && !health.isFailing() && isKnown(health, change.endpoint())) {
      ended(change, true);
    }
  }

  /**
   * Returns whether a healthy state can be trusted: an earlier run's failures are loaded with a
   * delay after the start, and those of its last minute are lost in a crash.
   */
  private boolean isKnown(EndpointHealth health, EndpointId endpoint) {
    Instant since = restored.get(endpoint);
    return since == null
        || (health.failures() == 0
            && IncidentTracker.isPast(since, IncidentTracker.SETTLE, clock.instant()));
  }

  /** Ends an incident. No effect after a newer failure, because that is reported only once. */
  private synchronized void ended(EndpointHealthEvent change, boolean works) {
    if (!change.equals(failing.get(change.endpoint()))) {
      return;
    }
    if (works) {
      recovered(change, clock.instant());
    } else {
      failing.remove(change.endpoint());
      restored.remove(change.endpoint());
      tracker.dropped(AlertType.ENDPOINT_FAILING, about(change));
    }
  }

  void look(Backlog backlog) {
    Instant now = clock.instant();
    if (backlog.isLate(now)) {
      String text =
          "deliveries are "
              + backlog.lateness(now).toMinutes()
              + " minutes late, "
              + backlog.pending()
              + " are pending";
      tracker.begun(AlertType.BACKLOG_LATE, STORE, text, now);
    } else {
      tracker.over(AlertType.BACKLOG_LATE, STORE, "deliveries are on time again", now);
    }
  }

  /** Returns whether the subject of a node fault is the given node. */
  static boolean concernsNode(String about, String node) {
    return about.substring(0, Math.max(0, about.lastIndexOf(' '))).equals(node);
  }

  void look(String node, List<OwnFault> faults) {
    for (OwnFault.Kind kind : OwnFault.Kind.values()) {
      if (kind == OwnFault.Kind.STORE) {
        continue;
      }
      String about = node + " " + kind.code();
      String what = "node " + node + ": ";
      if (faults.stream().anyMatch(fault -> fault.kind() == kind)) {
        tracker.begun(AlertType.NODE_FAULT, about, what + kind.summary(), clock.instant());
      } else {
        tracker.over(AlertType.NODE_FAULT, about, what + "this works again", clock.instant());
      }
    }
  }
}
