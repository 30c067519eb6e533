package dev.hookferry.auditor;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Function;

/**
 * Checks times: no attempt is early, no event comes before its scheduled time, and no endpoint gets
 * too many concurrent requests.
 */
final class TimeCheck {
  private final Rules rules;
  private final Joined joined;

  TimeCheck(Rules rules, Joined joined) {
    this.rules = rules;
    this.joined = joined;
  }

  void run() {
    for (Delivery delivery : joined.deliveries.values()) {
      if (rules.byHand().retried().contains(delivery.id())) {
        continue;
      }
      if (rules.times().isTrue()) {
        early(delivery);
      } else {
        earlyByTheStore(delivery);
      }
      beforeSchedule(delivery);
    }
    windows();
  }

  private void early(Delivery delivery) {
    List<Attempt> attempts = joined.attempts(delivery);
    for (int i = 0; i < attempts.size(); i++) {
      Attempt before = attempts.get(i);
      Instant due =
          before.startedAt().plus(before.outcome().took()).plus(rules.pause().apply(before));
      Instant earliest = due.minus(rules.tolerance());
      if (i + 1 < attempts.size() && attempts.get(i + 1).startedAt().isBefore(earliest)) {
        joined.object("too early, for it was due at " + due + ": " + attempts.get(i + 1));
      }
      // Of requests that came twice the log has one, perhaps not the first; or one that never came.
      Optional<Instant> next = first(delivery, before.number() + 1, Arrived::begun);
      Instant seen =
          first(delivery, before.number(), Arrived::ended)
              .map(ended -> ended.plus(rules.pause().apply(before)).minus(rules.tolerance()))
              .filter(early -> early.isBefore(earliest))
              .orElse(earliest);
      if (next.isPresent() && next.get().isBefore(seen)) {
        joined.object(delivery.id() + " came again at " + next.get() + ", not due before " + seen);
      }
    }
  }

  /** The log has times of a clock that is set; what receivers saw they saw in the world's time. */
  private void earlyByTheStore(Delivery delivery) {
    for (Attempt before : joined.attempts(delivery)) {
      Optional<Instant> ended = first(delivery, before.number(), Arrived::ended);
      Optional<Instant> next = first(delivery, before.number() + 1, Arrived::begun);
      if (ended.isEmpty() || next.isEmpty()) {
        continue;
      }
      Instant due = rules.times().earliest(ended.get()).plus(rules.pause().apply(before));
      Instant shown = rules.times().latest(ended.get(), next.get());
      if (shown.isBefore(due.minus(rules.tolerance()))) {
        joined.object(
            delivery.id() + " came again when it was " + shown + ", not due before " + due);
      }
    }
  }

  /**
   * An event resent to a further endpoint is due at once. A due delivery stays due if the store's
   * clock is set back.
   */
  private void beforeSchedule(Delivery delivery) {
    Event event = joined.events.get(delivery.event());
    Instant scheduled = event == null ? null : event.options().deliverAt();
    if (scheduled == null || joined.isReaddressed(delivery)) {
      return;
    }
    for (Arrived request : joined.arrived(delivery)) {
      Instant shown = rules.times().latest(Instant.EPOCH, request.begun());
      if (shown.isBefore(scheduled.minus(rules.tolerance()))) {
        joined.object(
            delivery.id() + " came when it was " + shown + ", scheduled for " + scheduled);
      }
    }
  }

  private Optional<Instant> first(Delivery delivery, int number, Function<Arrived, Instant> time) {
    return joined.arrived(delivery).stream()
        .filter(request -> request.number() == number)
        .map(time)
        .min(Comparator.naturalOrder());
  }

  private void windows() {
    Map<String, List<Arrived>> lines = new HashMap<>();
    for (Arrived request : joined.evidence.arrived()) {
      String line = request.sender() + " to " + request.endpoint();
      lines.computeIfAbsent(line, k -> new ArrayList<>()).add(request);
    }
    lines.forEach(this::window);
  }

  private void window(String line, List<Arrived> requests) {
    requests.sort(Comparator.comparing(Arrived::begun));
    Queue<Instant> ends = new PriorityQueue<>();
    for (Arrived request : requests) {
      while (!ends.isEmpty() && !ends.element().isAfter(request.begun())) {
        ends.remove();
      }
      ends.add(request.ended());
      if (ends.size() > rules.window()) {
        joined.object(line + ": " + ends.size() + " at once at " + request.begun());
      }
    }
  }
}
