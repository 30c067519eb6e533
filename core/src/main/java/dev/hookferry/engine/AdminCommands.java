package dev.hookferry.engine;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.commit.CommitEntry;
import dev.hookferry.engine.dispatch.OwnedDelivery;
import dev.hookferry.engine.intake.RoutingTable;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigDiff;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What people ask for: another configuration, an extra attempt, a stop. */
final class AdminCommands {
  private static final int ABANDONED_AT_ONCE = 500;

  private final EngineState memory;
  private final Dispatcher delivering;

  AdminCommands(EngineState memory, Dispatcher delivering) {
    this.memory = memory;
    this.delivering = delivering;
  }

  /** The configuration is another one from now on. */
  void configured(Config config, Instant now) {
    Config before = memory.routes.config();
    if (config.version() <= before.version() && before.version() > 0) {
      return;
    }
    // A node that has nothing to ask for stops asking, until there is something again.
    boolean moreToClaim = memory.routes.active().isEmpty();
    ConfigDiff diff = memory.routes.use(config);
    for (EndpointId id : diff.endpoints()) {
      Endpoint old = before.endpoints().get(id);
      Endpoint fresh = config.endpoints().get(id);
      if (fresh != null) {
        moreToClaim |= configured(fresh, old, now) && old != null;
      } else if (old != null) {
        removed(old, now);
      }
    }
    for (SiteId site : diff.sites()) {
      if (RoutingTable.isOn(before.sites().get(site))
          != RoutingTable.isOn(config.sites().get(site))) {
        config.endpointsOf(site).values().forEach(endpoint -> pause(endpoint, now));
        moreToClaim = true;
      }
    }
    if (moreToClaim) {
      memory.claims.dueAt(now);
    }
  }

  /**
   * An endpoint that was resumed, or went elsewhere, begins without a past. Returns whether it did:
   * then the store may have deliveries that it did not give before.
   */
  private boolean configured(Endpoint endpoint, @Nullable Endpoint before, Instant now) {
    boolean resumed = before == null || !before.standing().equals(endpoint.standing());
    boolean moved = before == null || !before.url().equals(endpoint.url());
    if (resumed || moved) {
      memory.lanes.renew(endpoint.id());
      memory.board.remove(endpoint.id());
    }
    if (resumed) {
      memory.releases.configured(endpoint, now);
    }
    pause(endpoint, now);
    return resumed || moved;
  }

  private void pause(Endpoint endpoint, Instant now) {
    memory.lanes.pause(endpoint, now).forEach(delivering::release);
  }

  private void removed(Endpoint endpoint, Instant now) {
    memory.lanes.remove(endpoint.id()).forEach(held -> delivering.cancel(held, now));
    memory.releases.remove(endpoint.id());
    memory.board.remove(endpoint.id());
    abandon(endpoint.site(), endpoint.id(), now);
  }

  /** Cancels whatever the store still holds for an endpoint that is no more, piece by piece. */
  void abandon(SiteId site, EndpointId endpoint, Instant now) {
    Command.Abandon command = new Command.Abandon(site, endpoint, now, ABANDONED_AT_ONCE);
    memory.commits.add(
        new CommitEntry.AdminCommand(
            command,
            reply -> {
              int count = reply.affected();
              if (count > 0) {
                memory.effects.tell(listener -> listener.abandoned(site, endpoint, count));
              }
              if (count >= ABANDONED_AT_ONCE) {
                abandon(site, endpoint, now);
              }
            },
            failure -> {
              if (!memory.draining) {
                abandon(site, endpoint, now);
              }
            }));
  }

  /** An extra attempt as soon as can be. */
  void retry(SiteId site, DeliveryId id, CompletableFuture<Command.Kind> answer, Instant now) {
    OwnedDelivery held = memory.lanes.find(id);
    if (held == null || !held.delivery().site().equals(site)) {
      ask(new Command.Retry(site, id, now), reply -> memory.claims.dueAt(now), answer);
    } else if (held.stage == OwnedDelivery.Stage.RECORDING) {
      memory.afterCommit(later -> retry(site, id, answer, later));
    } else {
      memory.effects.answer(() -> answer.complete(Command.Kind.OWNED));
    }
  }

  /**
   * New deliveries of an event that was accepted before. The store has them before anybody sends
   * them: they are claimed like what is due.
   */
  void deliver(
      Event event,
      List<EndpointId> endpoints,
      CompletableFuture<Command.Kind> answer,
      Instant now) {
    List<Delivery> fresh = new ArrayList<>();
    for (EndpointId endpoint : endpoints) {
      DeliveryId id = new DeliveryId(memory.ids.past(event.acceptedAt()));
      fresh.add(Delivery.of(id, event, endpoint).revived(now));
    }
    ask(
        new Command.Deliver(fresh),
        reply -> {
          memory.claims.dueAt(now);
          memory.effects.tell(listener -> listener.readdressed(event, reply.affected()));
        },
        answer);
  }

  /** No further attempt. */
  void cancel(SiteId site, DeliveryId id, CompletableFuture<Command.Kind> answer, Instant now) {
    OwnedDelivery held = memory.lanes.find(id);
    if (held == null || !held.delivery().site().equals(site)) {
      ask(new Command.Cancel(site, id, now), reply -> {}, answer);
    } else if (held.stage == OwnedDelivery.Stage.RECORDING || held.cancel != null) {
      memory.afterCommit(later -> cancel(site, id, answer, later));
    } else {
      held.cancel = answer;
      if (held.stage == OwnedDelivery.Stage.WAITING) {
        memory.lanes.withdraw(held);
        delivering.cancel(held, now);
      }
    }
  }

  private void ask(
      Command command, Consumer<Command.Reply> then, CompletableFuture<Command.Kind> answer) {
    memory.commits.add(
        new CommitEntry.AdminCommand(
            command,
            reply -> {
              then.accept(reply);
              memory.effects.answer(() -> answer.complete(reply.kind()));
            },
            failure ->
                memory.effects.answer(
                    () ->
                        answer.completeExceptionally(
                            EngineState.overloaded("the store does not answer")))));
  }
}
