package dev.hookferry.engine.simulation;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.Owner;
import dev.hookferry.store.Store;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.PublishEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fails on requests that are sent before their turn. Keeps the queue of each endpoint and ordering
 * key as the commits of the store make it, without code of the store or the engine.
 */
final class OrderJudge implements Command.Fold<Boolean, RuntimeException> {
  private final Map<EndpointId, DeliveryOrder> orders;
  private final Consumer<String> objections;
  private final Map<Queue, Set<DeliveryId>> queues = new HashMap<>();
  private final Map<DeliveryId, Queue> places = new HashMap<>();
  private final Set<DeliveryId> known = new HashSet<>();
  private final Set<DeliveryId> revived = new HashSet<>();
  private @Nullable AttemptLog log;

  /** How many requests were sent in their turn. */
  int inTurn;

  /** How many deliveries had to wait for another one. */
  int followers;

  /** How many deliveries blocked their key. */
  int blocked;

  private record Queue(EndpointId endpoint, String key) {}

  /**
   * Creates a judge who has seen nothing.
   *
   * @param orders of the endpoints that keep one
   */
  OrderJudge(Map<EndpointId, DeliveryOrder> orders, Consumer<String> objections) {
    this.orders = orders;
    this.objections = objections;
  }

  /** Returns the ordering key of an event at an endpoint, or null if it is sent in no order. */
  @Nullable String key(EndpointId endpoint, Event event) {
    return orders.containsKey(endpoint) ? event.options().orderingKey() : null;
  }

  /** Returns a store whose commits this judge sees. */
  Store watching(Store store) {
    log = store.log();
    return new AlteredStore(store) {
      @Override
      public CommitResult commit(Owner owner, Batch batch) {
        CommitResult done = super.commit(owner, batch);
        committed(batch, done);
        return done;
      }
    };
  }

  private void committed(Batch batch, CommitResult done) {
    for (int i = 0; i < done.publications().size(); i++) {
      if (done.publications().get(i) instanceof CommitResult.Stored stored) {
        published(batch.publications().get(i), stored);
      }
    }
    for (AttemptResult result : batch.results()) {
      if (!done.refused().contains(result.delivery().id())) {
        recorded(result.delivery());
      }
    }
    for (int i = 0; i < done.replies().size(); i++) {
      if (done.replies().get(i).kind() == Command.Kind.DONE) {
        batch.commands().get(i).fold(this);
      }
    }
  }

  private void published(PublishEntry publication, CommitResult.Stored stored) {
    for (int i = 0; i < stored.receipts().size(); i++) {
      PublishEntry.Entry entry = publication.entries().get(i);
      if (!stored.receipts().get(i).repeated()) {
        entry.deliveries().forEach(queued -> enterNew(queued.delivery(), entry.event()));
      }
    }
  }

  /** A commit may be repeated if nobody learned its outcome. */
  private void enterNew(Delivery delivery, Event event) {
    if (known.add(delivery.id())) {
      enter(delivery, event);
    }
  }

  private void enter(Delivery delivery, Event event) {
    String key = key(delivery.endpoint(), event);
    if (key != null) {
      Queue queue = new Queue(delivery.endpoint(), key);
      Set<DeliveryId> others = queues.computeIfAbsent(queue, q -> new LinkedHashSet<>());
      followers += others.isEmpty() ? 0 : 1;
      others.add(delivery.id());
      places.put(delivery.id(), queue);
    }
  }

  private void recorded(Delivery after) {
    boolean givenUp =
        after.state() == DeliveryState.EXHAUSTED || after.state() == DeliveryState.POISONED;
    if (givenUp
        && places.containsKey(after.id())
        && orders.get(after.endpoint()) == DeliveryOrder.BY_KEY) {
      objections.accept(after.id() + " was given up instead of blocking its key");
    }
    blocked += after.state() == DeliveryState.BLOCKED ? 1 : 0;
    if (after.state().isFinal()) {
      leave(after.id());
    }
  }

  private boolean leave(DeliveryId id) {
    Queue queue = places.remove(id);
    return queue != null && queues.getOrDefault(queue, new HashSet<>()).remove(id);
  }

  @Override
  public Boolean retry(Command.Retry command) {
    boolean hadEnded =
        known.contains(command.delivery()) && !places.containsKey(command.delivery());
    if (hadEnded) {
      Delivery delivery = log().delivery(command.site(), command.delivery()).orElseThrow();
      revived.add(delivery.id());
      enter(delivery, event(delivery));
    }
    return hadEnded;
  }

  @Override
  public Boolean cancel(Command.Cancel command) {
    return leave(command.delivery());
  }

  @Override
  public Boolean skip(Command.Skip command) {
    return leave(command.delivery());
  }

  @Override
  public Boolean abandon(Command.Abandon command) {
    List<DeliveryId> ended = new ArrayList<>();
    places.forEach(
        (id, queue) -> {
          if (queue.endpoint().equals(command.endpoint())
              && log().delivery(command.site(), id).orElseThrow().state().isFinal()) {
            ended.add(id);
          }
        });
    ended.forEach(this::leave);
    return !ended.isEmpty();
  }

  @Override
  public Boolean deliver(Command.Deliver command) {
    for (Delivery fresh : command.deliveries()) {
      log().delivery(fresh.site(), fresh.id()).ifPresent(one -> enterNew(one, event(one)));
    }
    return true;
  }

  /** Sees what a node sends, whether or not it arrives. */
  void sent(Sending sending) {
    DeliveryId id = sending.delivery().id();
    Queue queue = places.get(id);
    if (queue == null || isOutdated(sending)) {
      // Another node has ended it in the meantime. The auditor asks what kept this one from
      // knowing.
      return;
    }
    DeliveryId first = queues.get(queue).iterator().next();
    if (first.equals(id)) {
      inTurn++;
    } else {
      objections.accept(
          id
              + " was sent before its turn: "
              + first
              + " with the same "
              + queue
              + " has not ended");
    }
  }

  /** Returns whether a node sends what it claimed before the delivery had ended and came again. */
  private boolean isOutdated(Sending sending) {
    Delivery sent = sending.delivery();
    return revived.contains(sent.id())
        && log()
            .delivery(sent.site(), sent.id())
            .filter(now -> now.dueAt().equals(sent.dueAt()) && now.attempts() == sent.attempts())
            .isEmpty();
  }

  private Event event(Delivery delivery) {
    return log().event(delivery.site(), delivery.event()).orElseThrow();
  }

  private AttemptLog log() {
    if (log == null) {
      throw new IllegalStateException("no store to watch");
    }
    return log;
  }
}
