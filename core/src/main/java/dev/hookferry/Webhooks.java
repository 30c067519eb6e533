package dev.hookferry;

import dev.hookferry.audit.Actor;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
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
 * Everything that can be done with Hookferry. The HTTP API, the command line and embedding products
 * all call this; nothing else changes state. Thread-safe.
 *
 * <p>What is wrong with a request is told by a {@link dev.hookferry.refusal.RefusedException}; a
 * refused request has changed nothing.
 */
public final class Webhooks {
  private final CoreServices parts;
  private final Events events;

  Webhooks(CoreServices parts) {
    this.parts = parts;
    events = new Events(parts);
  }

  /**
   * Accepts an event, without blocking: it is made durable, and delivered to every endpoint of the
   * site that wants it. Every change of endpoints, settings, sites and keys that was answered
   * before this call counts, through whichever node of a shared store it was made.
   *
   * @return completes once the event is durable. If it is not accepted, fails with a {@link
   *     RefusedException}, whatever the reason: {@link dev.hookferry.refusal.InvalidException} and
   *     {@link dev.hookferry.refusal.NotFoundException} (fix the request), {@link
   *     dev.hookferry.refusal.ConflictException} (use a new id), {@link
   *     dev.hookferry.refusal.OverloadedException} (repeat it later with the same id), {@link
   *     dev.hookferry.refusal.UnstorableEventException} (report it), {@link
   *     dev.hookferry.refusal.RevokedKeyException} (the caller's API key was removed). None of them
   *     is thrown
   */
  public CompletableFuture<Receipt> publish(SiteId site, NewEvent event) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(event, "event");
    CompletableFuture<Receipt> first = new CompletableFuture<>();
    var unused =
        publishAll(site, List.of(event))
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
   * Does the same for a caller who continues with the receipts on threads of its own, such as those
   * of its sockets: no other thread comes between.
   *
   * @param answering where the receipts are completed, all that are ready at once in one task; does
   *     not block. What it refuses is completed on a thread of ours
   */
  public CompletableFuture<List<Receipt>> publishAll(
      SiteId site, List<NewEvent> together, Executor answering) {
    Objects.requireNonNull(answering, "answering");
    return publish(site, together, answering);
  }

  private CompletableFuture<List<Receipt>> publish(
      SiteId site, List<NewEvent> together, @Nullable Executor answering) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(together, "together");
    try {
      return events.publish(site, together, answering);
    } catch (RefusedException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Brings what this node knows of the configuration up to date, without blocking: reads from then
   * on show every change that was answered before this call, through whichever node. Without it
   * they may be a second behind. However many callers wait, the store is asked once at a time.
   *
   * @return completes on a thread of ours, on which nothing may block; fails with a {@link
   *     dev.hookferry.port.StoreException} if the store does not answer
   */
  public CompletableFuture<Void> upToDate() {
    return parts.keeper().upToDate().thenApply(config -> null);
  }

  /** The same, done by somebody else: it is they whom the audit log names. */
  public Webhooks by(Actor actor) {
    return new Webhooks(parts.by(Objects.requireNonNull(actor, "actor")));
  }

  /**
   * Why this node may not deliver, apart from its receivers: delivery is off, its name resolver or
   * its store does not answer. Does not block; other nodes of the store may fare otherwise.
   */
  public NodeCondition condition() {
    List<OwnFault> all = new ArrayList<>(parts.shell().storeFaults());
    parts.shell().healths().values().stream()
        .map(EndpointHealth::ownFault)
        .filter(Objects::nonNull)
        .forEach(all::add);
    return new NodeCondition(
        parts.keeper().deliveryOff(), OwnFault.recent(all, parts.clock().instant()));
  }

  /** Looks at events. */
  public Events events() {
    return events;
  }

  /** Who wants which events. */
  public Endpoints endpoints() {
    return new Endpoints(parts);
  }

  /** QLM's settings and ours, and QLM's server properties. */
  public Settings settings() {
    return new Settings(parts);
  }

  /** Deliveries and the log. */
  public Deliveries deliveries() {
    return new Deliveries(parts);
  }

  /** Sending again what was sent. */
  public Replays replays() {
    return new Replays(parts);
  }

  /** The same as jobs that go on by themselves. */
  public ReplayJobs replayJobs() {
    return new ReplayJobs(parts);
  }

  /** Tenants. */
  public Sites sites() {
    return new Sites(parts);
  }

  /** Keys to the API. */
  public Keys keys() {
    return new Keys(parts);
  }

  /** The master keys that seal secrets. */
  public MasterKeys masterKeys() {
    return new MasterKeys(parts);
  }

  /** Who changed what. */
  public AuditTrail audit() {
    return new AuditTrail(parts);
  }
}
