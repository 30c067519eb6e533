package dev.hookferry.engine;

import dev.hookferry.delivery.AttemptId;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Suspicion;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.Site;
import dev.hookferry.port.Claimed.Work;
import dev.hookferry.port.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries that two processes died with. They are sent one after another. Before one is sent,
 * that is written down; so if the process dies once more, the next one knows which it was.
 */
final class Quarantine {
  /** A delivery that was given back without being sent comes again after this. */
  private static final Duration LATER = Duration.ofSeconds(5);

  private static final String REASON =
      "three times what had this delivery ended, a process or a thread; the last time it was the"
          + " only suspect";

  private final Memory memory;
  private final Delivering delivering;
  private final Deque<Held> suspects = new ArrayDeque<>();

  /** The one that is marked and ours, and only waits for a place in its endpoint's window. */
  private @Nullable Held ready;

  /** The one that is marked, or sent. */
  private @Nullable DeliveryId onTrial;

  /** Until when another node may keep us waiting that took the one we marked. */
  private Instant patience = Instant.MAX;

  Quarantine(Memory memory, Delivering delivering) {
    this.memory = memory;
    this.delivering = delivering;
  }

  /** Takes in a delivery that the store gave; false if nothing much is held against it. */
  boolean admit(Work work, Endpoint endpoint, Instant now) {
    switch (work.suspicion()) {
      case NONE, ONCE -> {
        return false;
      }
      case TWICE -> suspects.addLast(memory.lanes.addAside(work));
      case TRIAL -> tryOut(work, now);
      case PROVEN -> poison(work, endpoint, now);
    }
    return true;
  }

  /** Goes on with the trial, or begins the next one. To be called before lanes take their turns. */
  void decide(Instant now) {
    Held marked = ready;
    if (marked != null) {
      sendReady(marked, now);
    }
    if (onTrial != null && !now.isBefore(patience)) {
      onTrial = null;
    }
    Held next = onTrial == null ? suspects.pollFirst() : null;
    if (next == null) {
      return;
    }
    Endpoint endpoint = memory.routes.endpoint(next.delivery().endpoint());
    if (endpoint == null) {
      delivering.cancel(next, now);
    } else if (isShut(endpoint)) {
      delivering.release(next);
    } else if (!hasPlace(endpoint)) {
      suspects.addLast(next);
    } else {
      onTrial = next.delivery().id();
      patience = now.plus(LATER);
      write(next, next.delivery().postponed(now), Suspicion.TRIAL);
    }
  }

  /** When {@link #decide} may have something to do, or null if it will not. */
  @Nullable Instant wakeAt() {
    return suspects.isEmpty() || onTrial == null ? null : patience;
  }

  /** A delivery was sent, or is lost to another owner. */
  void ended(DeliveryId delivery) {
    if (delivery.equals(onTrial)) {
      onTrial = null;
    }
  }

  /** Gives all back that waits. */
  void empty() {
    suspects.forEach(delivering::release);
    suspects.clear();
    if (ready != null) {
      putBack(ready);
    }
  }

  /** Forgets all, since another owner has it. */
  void clear() {
    suspects.clear();
    ready = null;
    onTrial = null;
  }

  private void tryOut(Work work, Instant now) {
    Held held = memory.lanes.addAside(work);
    if (onTrial != null && !onTrial.equals(work.delivery().id())) {
      write(held, work.delivery().postponed(now.plus(LATER)), Suspicion.TWICE);
      return;
    }
    onTrial = work.delivery().id();
    patience = Instant.MAX;
    ready = held;
  }

  private void sendReady(Held marked, Instant now) {
    Endpoint endpoint = memory.routes.endpoint(marked.delivery().endpoint());
    if (endpoint == null) {
      ready = null;
      onTrial = null;
      delivering.cancel(marked, now);
    } else if (isShut(endpoint)) {
      putBack(marked);
    } else if (hasPlace(endpoint)) {
      ready = null;
      delivering.sendAside(marked, endpoint, now);
    }
  }

  /** It was not sent, so its mark must not outlive us. */
  private void putBack(Held marked) {
    ready = null;
    onTrial = null;
    write(marked, marked.delivery().postponed(marked.delivery().dueAt()), Suspicion.TWICE);
  }

  private boolean hasPlace(Endpoint endpoint) {
    Lane lane = memory.lanes.lane(endpoint.id());
    return lane == null || lane.hasPlace();
  }

  private boolean isShut(Endpoint endpoint) {
    return memory.routes.isPaused(endpoint) || memory.lanes.isShut(endpoint.id());
  }

  private void poison(Work work, Endpoint endpoint, Instant now) {
    Held held = memory.lanes.addAside(work);
    Site site = memory.routes.site(work.delivery().site());
    if (site == null) {
      delivering.cancel(held, now);
      return;
    }
    Sending last =
        new Sending(
            memory.incarnation,
            new AttemptId(memory.ids.next(now)),
            work.delivery(),
            work.event(),
            site,
            endpoint,
            now);
    Outcome died = Outcome.failed(OutcomeKind.WORKER_DIED, REASON, Duration.ZERO);
    Result result = new Result(work.delivery().poisoned(now), last.ended(died));
    memory.commits.open().add(new Commit.Recording(held, result));
  }

  private void write(Held held, Delivery after, Suspicion suspicion) {
    memory.commits.open().add(new Commit.Recording(held, new Result(after, null, suspicion)));
  }
}
