package dev.hookferry.engine.admin;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.commit.CommitEntry;
import dev.hookferry.engine.commit.GroupCommit;
import dev.hookferry.engine.dispatch.Dispatcher;
import dev.hookferry.engine.dispatch.Lanes;
import dev.hookferry.engine.effect.Effects;
import dev.hookferry.engine.owned.OwnedDelivery;
import dev.hookferry.engine.routing.RoutingTable;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.IdSource;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.refusal.UnstorableEventException;
import dev.hookferry.store.RejectedBatchException;
import dev.hookferry.store.commit.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Runs commands of users: extra attempts, skips, resends, cancellations. */
public final class AdminCommands {
  private static final int ABANDONED_AT_ONCE = 500;

  private final IdSource ids;
  private final Effects effects;
  private final RoutingTable routes;
  private final GroupCommit commits;
  private final Lanes lanes;
  private final Dispatcher dispatcher;
  private List<Consumer<Instant>> afterCommit = new ArrayList<>();

  /** Creates a runner without waiting commands. */
  public AdminCommands(
      IdSource ids,
      Effects effects,
      RoutingTable routes,
      GroupCommit commits,
      Lanes lanes,
      Dispatcher dispatcher) {
    this.ids = ids;
    this.effects = effects;
    this.routes = routes;
    this.commits = commits;
    this.lanes = lanes;
    this.dispatcher = dispatcher;
  }

  /** Runs the commands that were deferred until a commit ends; call it whenever one has ended. */
  public void commitEnded(Instant now) {
    if (!afterCommit.isEmpty()) {
      List<Consumer<Instant>> commands = afterCommit;
      afterCommit = new ArrayList<>();
      commands.forEach(command -> command.accept(now));
    }
  }

  /** Cancels the pending deliveries of a removed endpoint in the store, up to 500 per commit. */
  public void abandon(SiteId site, EndpointId endpoint, Instant now) {
    commits.add(abandonment(site, endpoint, now));
  }

  private CommitEntry abandonment(SiteId site, EndpointId endpoint, Instant now) {
    return new CommitEntry.AdminCommand(
        new Command.Abandon(site, endpoint, now, ABANDONED_AT_ONCE),
        (result, isRepeated) -> {
          int count = result.affected();
          if (count > 0) {
            effects.notifyListener(listener -> listener.abandoned(site, endpoint, count));
          }
          if (count >= ABANDONED_AT_ONCE) {
            abandon(site, endpoint, now);
          }
        },
        failure -> {
          if (dispatcher.isDraining()) {
            return;
          }
          if (failure instanceof RejectedBatchException) {
            // Retries it alone and after a pause, so that its rejection does not delay other
            // entries.
            afterCommit.add(later -> commits.addLater(abandonment(site, endpoint, later), later));
          } else {
            abandon(site, endpoint, now);
          }
        });
  }

  /** Schedules one extra attempt now; replies {@code OWNED} if it waits here or is in flight. */
  public void retry(Command.Retry retry, CompletableFuture<Command.Kind> reply, Instant now) {
    OwnedDelivery owned = lanes.find(retry.delivery());
    if (owned == null || !owned.delivery().site().equals(retry.site())) {
      submit(retry.dueAt(now), (result, isRepeated) -> dispatcher.claimAt(now), reply);
    } else if (owned.phase == OwnedDelivery.Phase.RECORDING) {
      afterCommit.add(later -> retry(retry, reply, later));
    } else {
      effects.reply(() -> reply.complete(Command.Kind.OWNED));
    }
  }

  /**
   * Gives up a blocked delivery, then claims the next one with its ordering key.
   *
   * @param mayBeDone called before the reply {@code NOT_BLOCKED} if an earlier try of the command
   *     may have skipped it
   */
  public void skip(Command.Skip skip, Runnable mayBeDone, CompletableFuture<Command.Kind> reply) {
    submit(
        skip,
        (result, isRepeated) -> {
          dispatcher.claimAt(skip.at());
          if (isRepeated && result.kind() == Command.Kind.NOT_BLOCKED) {
            mayBeDone.run();
          }
        },
        reply);
  }

  /** Sends an event to additional endpoints: stores the deliveries first, then claims them. */
  public void deliver(
      Event event, List<EndpointId> endpoints, CompletableFuture<Command.Kind> reply, Instant now) {
    List<Delivery> fresh = new ArrayList<>();
    for (EndpointId endpoint : endpoints) {
      DeliveryId id = new DeliveryId(ids.past(event.acceptedAt()));
      Endpoint known = routes.endpoint(endpoint);
      // Another node may have just added this endpoint, and it may preserve order.
      Delivery delivery =
          known == null
              ? Delivery.of(id, event, endpoint).inOrder(event.options().orderingKey())
              : known.delivery(id, event);
      fresh.add(delivery.revived(now));
    }
    submit(
        new Command.Deliver(fresh),
        (result, isRepeated) -> {
          dispatcher.claimAt(now);
          effects.notifyOfEvent(event, listener -> listener.resent(event, result.affected()));
        },
        reply);
  }

  /**
   * Cancels a delivery; one in flight is cancelled if its attempt fails.
   *
   * @param inStore called before the reply if the delivery was cancelled in the store, or may have
   *     been by an earlier try; the listener is notified only of deliveries that this node owns
   */
  public void cancel(
      SiteId site,
      DeliveryId id,
      Runnable inStore,
      CompletableFuture<Command.Kind> reply,
      Instant now) {
    OwnedDelivery owned = lanes.find(id);
    if (owned == null || !owned.delivery().site().equals(site)) {
      submit(
          new Command.Cancel(site, id, now),
          (result, isRepeated) -> {
            // Deliveries queued behind it, with the same ordering key, may be sent now.
            dispatcher.claimAt(now);
            if (result.affected() > 0 || (isRepeated && result.kind() == Command.Kind.FINAL)) {
              inStore.run();
            }
          },
          reply);
    } else if (owned.phase == OwnedDelivery.Phase.RECORDING || owned.cancel != null) {
      afterCommit.add(later -> cancel(site, id, inStore, reply, later));
    } else {
      owned.cancel = reply;
      if (owned.phase != OwnedDelivery.Phase.IN_FLIGHT) {
        dispatcher.cancelWaiting(owned, now);
      }
    }
  }

  private void submit(
      Command command,
      CommitEntry.AdminCommand.ReplyHandler then,
      CompletableFuture<Command.Kind> reply) {
    commits.add(
        new CommitEntry.AdminCommand(
            command,
            (result, isRepeated) -> {
              then.accept(result, isRepeated);
              effects.reply(() -> reply.complete(result.kind()));
            },
            failure -> effects.reply(() -> reply.completeExceptionally(refusal(failure)))));
  }

  private static RefusedException refusal(RuntimeException failure) {
    return failure instanceof RejectedBatchException
        ? new UnstorableEventException(
            "the store cannot change this delivery: " + failure.getMessage(), failure)
        : OverloadedException.soon("the store does not respond");
  }
}
