package dev.hookferry.internal.incident;

import dev.hookferry.audit.Actor;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.runtime.NodeThreads;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.Fingerprint;
import dev.hookferry.event.Idempotence;
import dev.hookferry.event.OperationalEvents;
import dev.hookferry.event.Payload;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.ConfigHolder;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.search.IndexedEvents;
import dev.hookferry.observe.Backlog;
import dev.hookferry.observe.BlockedKeyEvent;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.ExpiryNotice;
import dev.hookferry.observe.Listener;
import dev.hookferry.observe.PortalSessionStart;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Listener that reacts to endpoint health events: disables endpoints that are gone, and publishes
 * operational events to subscribed endpoints of the same site. Also watches for expiring
 * certificates and signatures. Reports its own faults through the engine, which calls listeners on
 * one thread at a time.
 */
public final class EndpointIncidents implements Listener {
  private static final Duration FIRST_LOOK = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofHours(1);
  private static final int TRIES = 100;
  private static final int UNLIMITED = Integer.MAX_VALUE;
  private static final Duration SUMMARY = Duration.ofMinutes(1);

  private final ExhaustedDeliveries exhausted = new ExhaustedDeliveries();
  private final ScheduledExecutorService thread;
  private final IncidentQueue queue;
  private volatile @Nullable CoreServices services;

  /** Whether the last check found anything that can expire. */
  private boolean expiring;

  public EndpointIncidents(NodeThreads threads) {
    thread = threads.timer("incidents");
    queue = new IncidentQueue(new ThisNode());
  }

  /** This node as the queue's host; nothing is queued before the start. */
  private final class ThisNode implements IncidentQueue.Host {
    @Override
    public void after(Duration delay, Runnable action) {
      if (!thread.isShutdown()) {
        var unused = thread.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
      }
    }

    @Override
    public CompletableFuture<List<Receipt>> publish(Event event) {
      CoreServices all = started();
      Event indexed = IndexedEvents.indexed(all.configHolder().config(), event);
      return all.runtime()
          .publish(event.site(), List.of(indexed), PublishEntry.ANY_CONFIG, List.of(), null);
    }

    @Override
    public void fault(String text, Throwable cause) {
      started().runtime().fault(text, cause);
    }

    private CoreServices started() {
      return Objects.requireNonNull(services, "services");
    }
  }

  /** Starts reacting; until then, events are ignored. */
  public void start(CoreServices all) {
    CoreServices ours = all.actingAs(Actor.HOOKFERRY);
    services = ours;
    var unused =
        thread.scheduleWithFixedDelay(
            () -> queue.run(() -> checkExpiries(ours), 1),
            FIRST_LOOK.toSeconds(),
            LOOK.toSeconds(),
            TimeUnit.SECONDS);
    unused =
        thread.scheduleWithFixedDelay(
            () -> queue.run(() -> summarize(ours), 1),
            SUMMARY.toSeconds(),
            SUMMARY.toSeconds(),
            TimeUnit.SECONDS);
  }

  public void stop() {
    thread.shutdown();
  }

  @Override
  public void endpointChanged(EndpointHealthEvent change) {
    soon(all -> follow(all, change));
  }

  @Override
  public void keyBlocked(BlockedKeyEvent key) {
    soon(all -> report(all, key));
  }

  @Override
  public void portalSessionStarted(PortalSessionStart start) {
    soon(all -> report(all, start));
  }

  private void soon(Consumer<CoreServices> action) {
    CoreServices all = services;
    if (all != null) {
      queue.later(() -> action.accept(all), Duration.ZERO, UNLIMITED);
    }
  }

  /** Ignores skipped deliveries, which did not run out of retries. */
  @Override
  public void skipped(Delivery delivery) {}

  @Override
  public void settled(Delivery delivery) {
    CoreServices all = services;
    if (all != null) {
      exhausted.add(delivery, all.clock());
    }
  }

  private void summarize(CoreServices all) {
    Instant now = all.clock().instant();
    Config config = all.configHolder().config();
    exhausted.due(now).forEach(news -> report(all, config, news));
    if (all.configHolder().deliveryOff() == null
        && IncidentRules.isWanted(config, OperationalEvents.BACKLOG_LATE, SiteId.DEFAULT)) {
      checkBacklog(all, now);
    }
  }

  /**
   * Publishes a summary about its first delivery whose endpoint still exists. That endpoint
   * receives the summary itself only if it covers several endpoints.
   */
  private void report(CoreServices all, Config config, ExhaustedDeliveries.Summary summary) {
    EventType type = OperationalEvents.EXHAUSTED;
    for (Delivery first : summary.firsts()) {
      Endpoint about = config.endpoints().get(first.endpoint());
      if (about == null) {
        continue;
      }
      boolean isAboutOne = summary.firsts().size() == 1;
      if (isAboutOne
          ? IncidentRules.isWanted(config, type, about.site(), about.id())
          : IncidentRules.isWanted(config, type, about.site())) {
        Payload data = IncidentPayload.of(about, first, summary, all.node());
        EventId id = EventId.of(all.ids().next(all.clock().instant()));
        Event event = event(all, type, about.site(), data, id);
        queue.publish(isAboutOne ? IncidentRules.addressed(config, event, about) : event, TRIES);
      }
      return;
    }
  }

  private void checkBacklog(CoreServices all, Instant now) {
    Backlog backlog = all.backlog();
    if (backlog.isLate(now) && !IncidentRules.wasLateBacklogReported(all.store().log(), now)) {
      EventType type = OperationalEvents.BACKLOG_LATE;
      EventId id = IncidentRules.lateBacklog(now);
      Event event = event(all, type, SiteId.DEFAULT, IncidentPayload.of(backlog, now), id);
      queue.publish(event, 1);
    }
  }

  private static Event event(
      CoreServices all, EventType type, SiteId site, Payload data, EventId id) {
    Instant now = all.clock().instant();
    Payload payload = all.configHolder().site(site).settings().envelope().wrap(type, now, data);
    Idempotence same = new Idempotence(null, Fingerprint.of(type, null, Payload.of("{}")));
    return new Event(id, site, type, now, now, payload, same);
  }

  /** Publishes a blocked key. Every node detects it, so the event has the same id on all nodes. */
  private void report(CoreServices all, BlockedKeyEvent key) {
    Config config = all.configHolder().config();
    Endpoint about = config.endpoints().get(key.endpoint());
    if (about == null || !IncidentRules.isReported(config, key)) {
      return;
    }
    EventType type = OperationalEvents.KEY_BLOCKED;
    Payload data = IncidentPayload.of(about, key);
    Payload payload =
        all.configHolder().site(key.site()).settings().envelope().wrap(type, key.since(), data);
    EventId id = new EventId("key_blocked-" + key.delivery() + "-" + key.since().toEpochMilli());
    Idempotence same = new Idempotence(null, Fingerprint.of(type, null, data));
    Instant now = all.clock().instant();
    Event event = new Event(id, key.site(), type, key.since(), now, payload, same);
    queue.publish(IncidentRules.addressed(config, event, about), TRIES);
  }

  private void report(CoreServices all, PortalSessionStart start) {
    EventType type = OperationalEvents.PORTAL_SESSION_STARTED;
    if (IncidentRules.isWanted(all.configHolder().config(), type, start.site())) {
      EventId id = new EventId("portal_session-" + start.session());
      queue.publish(event(all, type, start.site(), IncidentPayload.of(start), id), TRIES);
    }
  }

  private void follow(CoreServices all, EndpointHealthEvent change) {
    if (change.kind() != EndpointHealthEvent.Kind.GONE || disable(all, change)) {
      report(all, IncidentRules.type(change.kind()), change);
    }
  }

  /** Disables the endpoint; returns true on exactly one node, which then reports it. */
  private static boolean disable(CoreServices all, EndpointHealthEvent changed) {
    return all.change(
        config -> {
          ConfigChange change = IncidentRules.disabling(config, changed);
          return change == null
              ? ConfigHolder.Planned.of(false)
              : ConfigHolder.Planned.of(true, change);
        });
  }

  /**
   * Sends the notices that are due. Every node publishes the same events, of which the store keeps
   * one; the node that records the notice reports it. Recording comes last, so that a crash does
   * not lose a notice.
   */
  private void checkExpiries(CoreServices all) {
    Instant now = all.clock().instant();
    Config config = all.configHolder().config();
    List<Expiry> due = Expiry.of(config, now);
    boolean wereSome = expiring;
    expiring = Expiry.isPossible(config);
    if (expiring || wereSome) {
      List<ExpiryNotice> open = due.stream().filter(Expiry::isOpen).map(Expiry::notice).toList();
      all.runtime().notifyListener(listener -> listener.expiring(open));
    }
    for (Expiry expiry : due.stream().filter(one -> !one.isGiven()).toList()) {
      Runnable whenPublished = () -> queue.later(() -> record(all, expiry), Duration.ZERO, 1);
      if (expiry.isWanted(config)) {
        SiteId site = expiry.notice().site();
        Envelope envelope = all.configHolder().site(site).settings().envelope();
        Event event =
            IncidentRules.addressed(config, expiry.event(envelope, now), expiry.endpoint());
        queue.publish(event, 1, whenPublished);
      } else {
        whenPublished.run();
      }
    }
  }

  private static void record(CoreServices all, Expiry expiry) {
    boolean isFirst =
        all.change(
            config -> {
              Endpoint given = expiry.given(config);
              return given == null
                  ? ConfigHolder.Planned.of(false)
                  : ConfigHolder.Planned.of(true, new ConfigChange.PutEndpoint(given));
            });
    if (isFirst) {
      all.runtime().notifyListener(listener -> listener.expiryNoticed(expiry.notice()));
    }
  }

  private void report(CoreServices all, EventType type, EndpointHealthEvent change) {
    Config config = all.configHolder().config();
    Endpoint about = config.endpoints().get(change.endpoint());
    if (about == null || !IncidentRules.isReported(config, type, change)) {
      return;
    }
    Instant now = all.clock().instant();
    Payload data = IncidentPayload.of(type, about, change, all.node());
    Payload payload =
        all.configHolder().site(change.site()).settings().envelope().wrap(type, change.at(), data);
    EventId id = EventId.of(all.ids().next(now));
    Event event = new Event(id, change.site(), type, change.at(), now, payload, null);
    queue.publish(IncidentRules.addressed(config, event, about), TRIES);
  }
}
