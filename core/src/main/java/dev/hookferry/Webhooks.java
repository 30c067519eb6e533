package dev.hookferry;

import dev.hookferry.audit.Actor;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

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
   * site that wants it.
   *
   * @return completes once the event is durable; fails with a {@link
   *     dev.hookferry.refusal.RefusedException} if it is not accepted
   * @throws dev.hookferry.refusal.RefusedException if it is wrong in itself
   */
  public CompletableFuture<Receipt> publish(SiteId site, NewEvent event) {
    return events.publish(site, List.of(event), null).thenApply(receipts -> receipts.get(0));
  }

  /** Accepts 1 to 1,000 events together, all or none; see {@link #publish}. */
  public CompletableFuture<List<Receipt>> publishAll(SiteId site, List<NewEvent> together) {
    return events.publish(site, together, null);
  }

  /**
   * The same for a caller who goes on with the receipts on threads of its own, such as those of its
   * sockets: no other thread comes between.
   *
   * @param answering where the receipts are completed, all that are ready at once in one task; does
   *     not block. What it refuses is completed on a thread of ours
   */
  public CompletableFuture<List<Receipt>> publishAll(
      SiteId site, List<NewEvent> together, Executor answering) {
    return events.publish(site, together, answering);
  }

  /** The same, done by somebody else: it is they whom the audit log names. */
  public Webhooks by(Actor actor) {
    return new Webhooks(parts.by(actor));
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
