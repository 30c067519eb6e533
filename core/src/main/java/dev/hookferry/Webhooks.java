package dev.hookferry;

import dev.hookferry.audit.Actor;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.ConfigHolder;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.NodeCondition;
import dev.hookferry.observe.OwnFault;
import dev.hookferry.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Facade over all operations of Hookferry. The HTTP API, the console and embedding products use it;
 * nothing else changes state. Thread-safe.
 *
 * <p>An invalid request fails with a {@link dev.hookferry.refusal.RefusedException} and changes
 * nothing.
 */
public final class Webhooks {
  private final CoreServices services;
  private final Events events;

  Webhooks(CoreServices services) {
    this.services = services;
    events = new Events(services);
  }

  /**
   * Accepts an event without blocking: makes it durable and delivers it to every subscribed
   * endpoint of the site. It sees every change of endpoints, settings, sites and keys that was
   * acknowledged before this call, through any node of a shared store.
   *
   * @return completes once the event is durable. If it is not accepted, fails with a {@link
   *     RefusedException}, whatever the reason: {@link dev.hookferry.refusal.InvalidException} and
   *     {@link dev.hookferry.refusal.NotFoundException} (fix the request), {@link
   *     dev.hookferry.refusal.ConflictException} (use a new id), {@link
   *     dev.hookferry.refusal.OverloadedException} (repeat it later with the same id), {@link
   *     dev.hookferry.refusal.UnstorableEventException} (report it), {@link
   *     dev.hookferry.refusal.RevokedKeyException} (the caller's API key was removed). After {@link
   *     Hookferry#close}, that is an {@code OverloadedException}; before {@link Hookferry#start},
   *     it fails with an {@link IllegalStateException} instead. None of them is thrown. Callbacks
   *     run on a thread that also completes other futures: one that blocks delays these by a second
   *     or two, so chain it with {@code thenApplyAsync} or the like
   */
  public CompletableFuture<Receipt> publish(SiteId site, NewEvent event) {
    return publishOne(site, event, null);
  }

  /**
   * Accepts an event like {@link #publish(SiteId, NewEvent)} and completes the result on the
   * caller's executor, so that callbacks may block without holding others up.
   *
   * @param replyExecutor executor that completes the receipt. If it rejects the task, Hookferry's
   *     own thread runs it
   */
  public CompletableFuture<Receipt> publish(SiteId site, NewEvent event, Executor replyExecutor) {
    Objects.requireNonNull(replyExecutor, "replyExecutor");
    return publishOne(site, event, replyExecutor);
  }

  private CompletableFuture<Receipt> publishOne(
      SiteId site, NewEvent event, @Nullable Executor replyExecutor) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(event, "event");
    CompletableFuture<Receipt> first = new CompletableFuture<>();
    var unused =
        publish(site, List.of(event), replyExecutor)
            .whenComplete(
                (receipts, failure) -> {
                  if (failure == null) {
                    first.complete(receipts.get(0));
                  } else {
                    first.completeExceptionally(failure);
                  }
                });
    return first;
  }

  /** Accepts 1 to 1,000 events together, all or none; see {@link #publish}. */
  public CompletableFuture<List<Receipt>> publishAll(SiteId site, List<NewEvent> together) {
    return publish(site, together, null);
  }

  /**
   * Accepts events like {@link #publishAll(SiteId, List)} and completes the result on the caller's
   * executor, such as the IO threads of a server, without switching threads in between.
   *
   * @param replyExecutor executor that completes the receipts, all that are ready in one task;
   *     tasks do not block. If it rejects a task, Hookferry's own thread runs it
   */
  public CompletableFuture<List<Receipt>> publishAll(
      SiteId site, List<NewEvent> together, Executor replyExecutor) {
    Objects.requireNonNull(replyExecutor, "replyExecutor");
    return publish(site, together, replyExecutor);
  }

  private CompletableFuture<List<Receipt>> publish(
      SiteId site, List<NewEvent> together, @Nullable Executor replyExecutor) {
    Objects.requireNonNull(site, "site");
    NoNulls.in(together, "together");
    try {
      return events.publish(site, together, replyExecutor);
    } catch (RefusedException | ConfigHolder.NotStartedException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Refreshes this node's configuration without blocking: later reads see every change that was
   * acknowledged before this call, through any node. Without it they can be a second behind.
   * Concurrent callers share one query.
   *
   * @return completes on Hookferry's own thread, which must not be blocked; fails with a {@link
   *     dev.hookferry.store.StoreException} if the store is unavailable
   */
  public CompletableFuture<Void> refresh() {
    return services.configHolder().upToDate().thenApply(config -> null);
  }

  /** Returns a view of this facade that acts as the given actor, whom the audit log names. */
  public Webhooks actingAs(Actor actor) {
    return new Webhooks(services.actingAs(Objects.requireNonNull(actor, "actor")));
  }

  /**
   * Returns reasons on this node's side that prevent deliveries: delivery is off, the name resolver
   * or the store is unavailable, or an egress fails. Does not block; other nodes can be in a
   * different condition.
   */
  public NodeCondition condition() {
    List<OwnFault> all = new ArrayList<>(services.runtime().storeFaults());
    services.runtime().unhealthyEndpoints().values().stream()
        .map(EndpointHealth::ownFault)
        .filter(Objects::nonNull)
        .forEach(all::add);
    return new NodeCondition(
        services.configHolder().deliveryOff(),
        OwnFault.recent(all, services.clock().instant()),
        services.targets().egresses());
  }

  /** Returns the facade for accepted events. */
  public Events events() {
    return events;
  }

  /** Returns the facade for the catalogue of event types and their schemas. */
  public EventTypes eventTypes() {
    return new EventTypes(services);
  }

  /** Returns the facade for endpoints and their subscriptions. */
  public Endpoints endpoints() {
    return new Endpoints(services);
  }

  /** Returns the facade that tries filters of endpoints on data and on past events. */
  public Filters filters() {
    return new Filters(services);
  }

  /** Returns the facade for site settings and QLM's server properties. */
  public Settings settings() {
    return new Settings(services);
  }

  /** Returns the facade for deliveries and the attempt log. */
  public Deliveries deliveries() {
    return new Deliveries(services);
  }

  /** Returns the facade for the failures of endpoints, grouped by cause, and notes about them. */
  public EndpointProblems problems() {
    return new EndpointProblems(services);
  }

  /** Returns the facade for ordering keys that an exhausted delivery blocks. */
  public BlockedKeys blockedKeys() {
    return new BlockedKeys(services);
  }

  /** Returns the facade for replays, which send past deliveries again. */
  public Replays replays() {
    return new Replays(services);
  }

  /** Returns the facade for sites (tenants). */
  public Sites sites() {
    return new Sites(services);
  }

  /** Returns the facade for programs that set up sites and endpoints, and may repeat themselves. */
  public Provisioning provisioning() {
    return new Provisioning(services);
  }

  /** Returns the facade for API keys. */
  public Keys keys() {
    return new Keys(services);
  }

  /** Returns the facade for the master keys that seal secrets. */
  public MasterKeys masterKeys() {
    return new MasterKeys(services);
  }

  /** Returns the audit log. */
  public AuditTrail audit() {
    return new AuditTrail(services);
  }

  /** Returns the facade for backups of the store. */
  public Backups backups() {
    return new Backups(services);
  }

  /** Returns the outboxes that this process relays. */
  public Outboxes outboxes() {
    return new Outboxes(services);
  }
}
