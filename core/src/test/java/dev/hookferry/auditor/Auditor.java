package dev.hookferry.auditor;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Judges a run. Every acknowledged event must be in the store with all its deliveries, and with
 * those that were asked for later, and no others; every delivery must have come to the end that its
 * attempts give; every request must be one that the log explains, or something that was done to the
 * system.
 */
public final class Auditor {
  private final Rules rules;

  /** An auditor who knows what the run was set up to keep to. */
  public Auditor(Rules rules) {
    this.rules = rules;
  }

  /** Says what does not agree. */
  public Audit judge(AuditEvidence evidence) {
    Joined joined = new Joined(evidence);
    AddressCheck addresses = new AddressCheck(rules, joined);
    acknowledged(joined, addresses);
    addresses.run();
    invented(joined);
    joined.deliveries.values().forEach(delivery -> life(joined, delivery));
    new RequestCheck(rules, joined).run();
    new TimeCheck(rules, joined).run();
    new OrderCheck(rules, joined).run();
    return new Audit(
        evidence.acknowledged().size(),
        joined.lost.size(),
        joined.deliveries.size(),
        evidence.arrived().size(),
        joined.duplicates,
        joined.objections());
  }

  private static void acknowledged(Joined joined, AddressCheck addresses) {
    Set<EventId> seen = new HashSet<>();
    for (Acknowledged told : joined.evidence.acknowledged()) {
      joined.objectIf(!seen.add(told.event()), told.event() + " was acknowledged twice");
      Event event = joined.events.get(told.event());
      int deliveries = addresses.own(told.event());
      if (event == null || deliveries < told.deliveries()) {
        joined.lost.add(told.event());
        joined.object(
            told.event()
                + " was acknowledged with "
                + told.deliveries()
                + " deliveries; the store has "
                + (event == null ? "not even the event" : deliveries));
      } else {
        joined.objectIf(
            deliveries > told.deliveries(), told.event() + " has more deliveries than was said");
        joined.objectIf(
            !contains(event.payload(), told.data()),
            told.event() + " has other bytes in the store");
      }
    }
  }

  private static boolean contains(Payload whole, Payload part) {
    return Bytes.text(whole).contains(Bytes.text(part));
  }

  private static void invented(Joined joined) {
    Set<EventId> offered = new HashSet<>(joined.evidence.offered());
    for (EventId event : joined.events.keySet()) {
      joined.objectIf(!offered.contains(event), event + " is in the store; nobody published it");
    }
    for (Delivery delivery : joined.deliveries.values()) {
      joined.objectIf(
          !joined.events.containsKey(delivery.event()), delivery.id() + " has lost its event");
    }
    joined.attemptsOf.forEach(
        (id, attempts) ->
            joined.objectIf(
                !joined.deliveries.containsKey(id), id + " has attempts but is not in the log"));
    joined.arrivedOf.forEach(
        (id, arrived) ->
            joined.objectIf(
                !joined.deliveries.containsKey(id), id + " was sent but is not in the log"));
  }

  private void life(Joined joined, Delivery delivery) {
    List<Attempt> attempts = joined.attempts(delivery);
    for (int i = 0; i < attempts.size(); i++) {
      Attempt attempt = attempts.get(i);
      if (attempt.number() != i + 1 || !fits(attempt, delivery)) {
        joined.object(delivery.id() + " has a wrong attempt: " + attempt);
      }
    }
    joined.objectIf(
        attempts.size() != delivery.attempts(),
        delivery.id() + " counts " + delivery.attempts() + " attempts, the log " + attempts.size());
    Attempt last = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
    boolean taken = last != null && last.outcome().isSuccess();
    boolean byHand = rules.byHand().retried().contains(delivery.id());
    boolean right =
        switch (delivery.state()) {
          case DELIVERED -> taken;
          case EXHAUSTED ->
              last != null
                  && !taken
                  && (rules.byHand().skipped().contains(delivery.id())
                      || last.outcome().kind().countsAsAttempt()
                          && (byHand || attempts.size() == rules.attempts().applyAsInt(delivery)));
          case POISONED -> last != null && !last.outcome().kind().countsAsAttempt();
          case CANCELLED -> rules.byHand().cancellable().test(delivery);
          case BLOCKED -> last != null && !taken && !rules.settled();
          case PENDING, HELD, WAITING -> !rules.settled() && (!taken || byHand);
        };
    if (!right) {
      joined.object(delivery + " ended otherwise than its attempts: " + last);
    }
    if (!right && delivery.state() == DeliveryState.PENDING && rules.settled()) {
      joined.lost.add(delivery.event());
    }
  }

  private static boolean fits(Attempt attempt, Delivery delivery) {
    return attempt.event().equals(delivery.event())
        && attempt.endpoint().equals(delivery.endpoint())
        && attempt.site().equals(delivery.site())
        && attempt.type().equals(delivery.type());
  }
}
