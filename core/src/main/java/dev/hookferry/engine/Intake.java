package dev.hookferry.engine;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.commit.CommitEntry;
import dev.hookferry.engine.intake.AdmissionGate;
import dev.hookferry.engine.intake.OutdatedConfigException;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.UnstorableEventException;
import dev.hookferry.site.Site;
import dev.hookferry.store.ClaimResult.Work;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.commit.PublishEntry.Entry;
import dev.hookferry.store.commit.PublishEntry.Queued;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The beginning of an event's life: matched, committed, answered, handed to the lanes. */
final class Intake {
  private final EngineState memory;
  private final Dispatcher delivering;

  Intake(EngineState memory, Dispatcher delivering) {
    this.memory = memory;
    this.delivering = delivering;
  }

  /** New events, at the door: where they wait only while delivery cannot keep pace. */
  void publish(AdmissionGate.Arrival arrival, Instant now) {
    RuntimeException refusal = refusal(arrival.site(), arrival.events().size(), now);
    if (refusal == null) {
      memory.door.add(arrival);
    } else {
      fail(arrival.answer(), refusal);
    }
  }

  /** Lets in who waits at the door, as far as delivery keeps pace. */
  void letIn(Instant now) {
    AdmissionGate.Arrival arrival;
    while ((arrival = memory.door.next(memory.lanes, now)) != null) {
      accept(arrival, now);
    }
  }

  /** Nobody who waits at the door can come in any more. */
  void sendAway(RuntimeException cause) {
    memory.door.clear().forEach(arrival -> fail(arrival.answer(), cause));
  }

  /** Makes the deliveries of new events and puts all into the next commit. */
  private void accept(AdmissionGate.Arrival arrival, Instant now) {
    Site site = memory.routes.site(arrival.site());
    if (site == null) {
      fail(arrival.answer(), new NotFoundException("site", arrival.site()));
      return;
    }
    List<Entry> entries = new ArrayList<>(arrival.events().size());
    for (Event event : arrival.events()) {
      List<Queued> deliveries = new ArrayList<>();
      for (Endpoint endpoint : memory.routes.matching(site, event.type())) {
        deliveries.add(queue(event, endpoint, now));
      }
      entries.add(new Entry(event, deliveries));
    }
    long config = Math.min(arrival.config(), memory.routes.config().version());
    PublishEntry publication = new PublishEntry(entries, config);
    memory.commits.add(new CommitEntry.Publish(publication, arrival.answer(), null));
  }

  /** Sends an event to one endpoint alone, past its queue, once. */
  void test(Event event, EndpointId endpoint, CompletableFuture<Attempt> answer, Instant now) {
    RuntimeException refusal = refusal(event.site(), 1, now);
    if (refusal == null && memory.routes.endpoint(endpoint) == null) {
      refusal = new NotFoundException("endpoint", endpoint);
    }
    if (refusal != null) {
      fail(answer, refusal);
      return;
    }
    Delivery delivery = Delivery.of(new DeliveryId(memory.ids.next(now)), event, endpoint);
    memory.commits.add(
        new CommitEntry.Publish(
            PublishEntry.of(event, List.of(new Queued(delivery, true))),
            new CompletableFuture<>(),
            answer));
  }

  /** A publication was written, or found to be in conflict. */
  void committed(CommitEntry.Publish entry, CommitResult.Published outcome, boolean owned) {
    List<Entry> entries = entry.publication().entries();
    if (outcome instanceof CommitResult.Conflicting conflict) {
      entries.forEach(this::giveBack);
      String id = entries.get(conflict.index()).event().id().value();
      refuse(
          entry,
          new ConflictException(
              "event "
                  + id
                  + " repeats the id or Idempotency-Key of event "
                  + conflict.existing()
                  + " with other content; use a new id"));
    } else if (outcome instanceof CommitResult.Outdated outdated) {
      entries.forEach(this::giveBack);
      refuse(entry, new OutdatedConfigException(outdated.config()));
    } else if (outcome instanceof CommitResult.Stored stored) {
      for (int i = 0; i < entries.size(); i++) {
        if (stored.receipts().get(i).repeated()) {
          giveBack(entries.get(i));
        } else {
          begin(entries.get(i), entry.test(), owned);
        }
      }
      memory.effects.answer(entry.answer(), () -> entry.answer().complete(stored.receipts()));
    }
  }

  /** A publication was not written. */
  void failed(CommitEntry.Publish entry, Throwable cause) {
    entry.publication().entries().forEach(this::giveBack);
    refuse(entry, unavailable(cause));
  }

  /** Tells the callers of a commit in doubt so, because its outcome may stay unknown for long. */
  void unknown(List<CommitEntry> entries) {
    for (CommitEntry entry : entries) {
      if (entry instanceof CommitEntry.Publish publish) {
        refuse(
            publish,
            EngineState.overloaded(
                "the store does not tell whether it keeps the event; repeat it with the same id"));
      }
    }
  }

  /** The store will never take a publication, which is nobody's fault but ours. */
  void refused(CommitEntry.Publish entry, RuntimeException cause) {
    entry.publication().entries().forEach(this::giveBack);
    refuse(entry, new UnstorableEventException("the store refuses this event", cause));
  }

  private void begin(Entry entry, @Nullable CompletableFuture<Attempt> test, boolean owned) {
    Event event = entry.event();
    int count = entry.deliveries().size();
    memory.effects.tell(listener -> listener.accepted(event, count));
    for (Queued queued : entry.deliveries()) {
      Work work = new Work(queued.delivery(), event);
      if (test != null && owned) {
        delivering.sendTest(work, test);
        continue;
      } else if (test != null) {
        fail(test, EngineState.overloaded("the test could not be made"));
        memory.claims.dueAt(event.acceptedAt());
        continue;
      }
      if (queued.owned()) {
        memory.lanes.unreserve(queued.delivery().endpoint(), event.payload().size());
      }
      if (queued.owned() && owned) {
        delivering.admitFresh(work, event.acceptedAt());
      } else if (!memory.lanes.isShut(queued.delivery().endpoint())) {
        memory.claims.dueAt(event.acceptedAt());
      }
    }
  }

  private Queued queue(Event event, Endpoint endpoint, Instant now) {
    boolean owned = memory.lanes.reserve(endpoint, event.payload().size());
    return new Queued(
        Delivery.of(new DeliveryId(memory.ids.next(now)), event, endpoint.id()), owned);
  }

  private void giveBack(Entry entry) {
    if (entry.event().type().equals(EventType.TEST)) {
      return;
    }
    for (Queued queued : entry.deliveries()) {
      if (queued.owned()) {
        memory.lanes.unreserve(queued.delivery().endpoint(), entry.event().payload().size());
      }
    }
  }

  private @Nullable RuntimeException refusal(SiteId id, int events, Instant now) {
    if (memory.draining) {
      return EngineState.overloaded("the server is stopping");
    }
    if (memory.routes.site(id) == null) {
      return new NotFoundException("site", id);
    }
    if (memory.commits.isDown(now)) {
      return EngineState.overloaded("the store does not answer");
    }
    if (memory.commits.isFull(now)) {
      return EngineState.overloaded("the store has no room for new events");
    }
    boolean full =
        memory.waitingEvents() + events > memory.limits.openPublishes()
            || memory.commits.waitingBytes() + memory.door.bytes() > memory.limits.ownedBytes();
    return full ? EngineState.overloaded("too many events wait to be stored") : null;
  }

  static RuntimeException unavailable(Throwable cause) {
    RuntimeException refusal = EngineState.overloaded("the store could not keep the event");
    refusal.initCause(cause);
    return refusal;
  }

  private void refuse(CommitEntry.Publish entry, RuntimeException refusal) {
    fail(entry.answer(), refusal);
    if (entry.test() != null) {
      fail(entry.test(), refusal);
    }
  }

  private void fail(CompletableFuture<?> answer, RuntimeException refusal) {
    memory.effects.answer(answer, () -> answer.completeExceptionally(refusal));
  }
}
