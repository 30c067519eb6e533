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

/** Enters what the engine reports into the book. Never waits for I/O. */
final class AlertListener implements Listener {
  private static final String STORE = "store";
  private static final int MAX_WORKED = 10_000;

  private final AlertBook book;
  private final EndpointNames names;
  private final InstantSource clock;

  /** The last report of each endpoint that has not recovered since. */
  private final Map<EndpointId, EndpointHealthEvent> failing = new HashMap<>();

  /** Endpoints known to fail only from an earlier run, with the time of restoring. */
  private final Map<EndpointId, Instant> restored = new ConcurrentHashMap<>();

  /** Endpoints with a success before {@link #restore}, which must not be waited for again. */
  private final Set<EndpointId> worked = ConcurrentHashMap.newKeySet();

  private volatile boolean isRestored;

  AlertListener(AlertBook book, EndpointNames names, InstantSource clock) {
    this.book = book;
    this.names = names;
    this.clock = clock;
  }

  @Override
  public void endpointChanged(EndpointHealthEvent news) {
    if (news.isAboutOperationalEvents()) {
      return;
    }
    Instant now = clock.instant();
    switch (news.kind()) {
      case FAILING -> failing(news, now);
      case GONE ->
          book.happened(
              AlertType.ENDPOINT_DISABLED,
              about(news),
              named(news) + " was disabled: " + news.reason(),
              now);
      case DISABLING ->
          book.happened(
              AlertType.ENDPOINT_DISABLED,
              about(news) + " planned",
              named(news) + " will be disabled: " + news.reason(),
              now);
      case RECOVERED -> recovered(news, now);
    }
  }

  private String named(EndpointHealthEvent news) {
    return names.of(news.site(), news.endpoint());
  }

  /** Names the incident of an endpoint; {@link #restore} reads it. */
  private static String about(EndpointHealthEvent news) {
    return news.site() + " " + news.endpoint();
  }

  /** Takes over failing endpoints reported by earlier runs or other nodes. */
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
      EndpointHealthEvent news =
          new EndpointHealthEvent(
              Kind.FAILING, site.get(), endpoint.get(), EventType.TEST, "", 0, at);
      if (failing.putIfAbsent(endpoint.get(), news) == null && !worked.contains(endpoint.get())) {
        restored.put(endpoint.get(), now);
      }
    }
  }

  /** A success ends what an earlier run has reported, which the engine does not know. */
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

  private synchronized void failing(EndpointHealthEvent news, Instant now) {
    failing.put(news.endpoint(), news);
    restored.remove(news.endpoint());
    book.begunAnew(
        AlertType.ENDPOINT_FAILING,
        about(news),
        named(news) + " is failing: " + news.reason(),
        now);
  }

  private synchronized void recovered(EndpointHealthEvent news, Instant now) {
    failing.remove(news.endpoint());
    restored.remove(news.endpoint());
    String text = named(news) + " works again";
    book.over(AlertType.ENDPOINT_FAILING, about(news), text, now);
  }

  /** The person who skipped it already knows. */
  @Override
  public void skipped(Delivery delivery) {}

  /** Opens an incident per site; one alert covers all its exhausted deliveries. */
  @Override
  public void settled(Delivery delivery) {
    // The sender of a test sees its outcome.
    if (delivery.state() == DeliveryState.EXHAUSTED
        && !delivery.type().equals(EventType.TEST)
        && !OperationalEvents.contains(delivery.type())) {
      book.happened(
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
  public void keyBlocked(BlockedKeyEvent news) {
    book.happened(
        AlertType.KEY_BLOCKED,
        news.site() + " " + news.delivery() + " " + news.since().toEpochMilli(),
        "an ordering key of "
            + names.of(news.site(), news.endpoint())
            + " is blocked by delivery "
            + news.delivery(),
        clock.instant());
  }

  @Override
  public void expiryNoticed(ExpiryNotice notice) {
    String what =
        notice.kind() == ExpiryNotice.Kind.CERTIFICATE ? "client certificate" : "signature";
    book.happened(
        AlertType.EXPIRING,
        notice.site() + " " + notice.endpoint() + " " + notice.name() + " " + notice.days(),
        "the "
            + what
            + " of "
            + names.of(notice.site(), notice.endpoint())
            + (notice.days() == 0 ? " has ended: " : " ends soon: ")
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
      book.begun(AlertType.STORE_UNAVAILABLE, STORE, text, clock.instant());
    }
  }

  @Override
  public void storeRecovered() {
    book.over(AlertType.STORE_UNAVAILABLE, STORE, "the store is available again", clock.instant());
  }

  /** Ends the incidents of endpoints whose health was reset by a change, so without a recovery. */
  void look(Endpoints endpoints) {
    List<EndpointHealthEvent> known;
    synchronized (this) {
      known = List.copyOf(failing.values());
    }
    for (EndpointHealthEvent news : known) {
      try {
        look(news, endpoints);
      } catch (NotFoundException e) {
        ended(news, false);
      }
    }
  }

  private void look(EndpointHealthEvent news, Endpoints endpoints) {
    Endpoint endpoint = endpoints.get(news.site(), news.endpoint());
    EndpointHealth health = endpoints.health(endpoint);
    if (!endpoint.enabled()) {
      ended(news, false);
    } else if (!health.isHeld() && !health.isFailing() && isKnown(health, news.endpoint())) {
      ended(news, true);
    }
  }

  /**
   * Returns whether an endpoint works, according to its health. The failures of an earlier run are
   * read soon after the start, and those of its last minute are lost in a crash.
   */
  private boolean isKnown(EndpointHealth health, EndpointId endpoint) {
    Instant since = restored.get(endpoint);
    return since == null
        || (health.failures() == 0 && AlertBook.isPast(since, AlertBook.SETTLE, clock.instant()));
  }

  /** Has no effect if the endpoint has failed anew meanwhile, because that is reported once. */
  private synchronized void ended(EndpointHealthEvent news, boolean works) {
    if (!news.equals(failing.get(news.endpoint()))) {
      return;
    }
    if (works) {
      recovered(news, clock.instant());
    } else {
      failing.remove(news.endpoint());
      restored.remove(news.endpoint());
      book.dropped(AlertType.ENDPOINT_FAILING, about(news));
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
      book.begun(AlertType.BACKLOG_LATE, STORE, text, now);
    } else {
      book.over(AlertType.BACKLOG_LATE, STORE, "deliveries are on time again", now);
    }
  }

  /** Returns whether an incident is a fault of this node. */
  static boolean isOfNode(String about, String node) {
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
        book.begun(AlertType.NODE_FAULT, about, what + kind.summary(), clock.instant());
      } else {
        book.over(AlertType.NODE_FAULT, about, what + "this works again", clock.instant());
      }
    }
  }
}
