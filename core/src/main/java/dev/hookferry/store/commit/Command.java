package dev.hookferry.store.commit;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** What somebody asked for: about deliveries that no living owner owns, or new ones. */
public sealed interface Command {
  /**
   * Makes a delivery pending and due, in whatever state it is; its attempts go on counting.
   *
   * @param at when it is due
   */
  record Retry(SiteId site, DeliveryId delivery, Instant at) implements Command {}

  /** Makes a pending delivery cancelled. */
  record Cancel(SiteId site, DeliveryId delivery, Instant at) implements Command {}

  /**
   * Cancels pending deliveries of an endpoint that was removed.
   *
   * @param atMost how many, so that a commit stays short; more are asked for again
   */
  record Abandon(SiteId site, EndpointId endpoint, Instant at, int atMost) implements Command {}

  /**
   * Adds new deliveries of an event that was accepted before. One to an endpoint that has a
   * delivery of it already, such as from an earlier try of the same commit, is left out. What
   * repeats of the event are answered with stays as it was.
   *
   * @param deliveries at least one, pending, all of one event, which has its time of acceptance in
   *     common with them
   */
  record Deliver(List<Delivery> deliveries) implements Command {
    public Deliver {
      deliveries = List.copyOf(deliveries);
      if (deliveries.isEmpty() || deliveries.stream().anyMatch(differsFrom(deliveries.get(0)))) {
        throw new IllegalArgumentException("deliveries must be of one event, and at least one");
      }
    }

    private static Predicate<Delivery> differsFrom(Delivery first) {
      return d ->
          !d.site().equals(first.site())
              || !d.event().equals(first.event())
              || !d.createdAt().equals(first.createdAt())
              || d.state().isFinal();
    }

    /** The event's site. */
    public SiteId site() {
      return deliveries.get(0).site();
    }

    /** The event. */
    public EventId event() {
      return deliveries.get(0).event();
    }

    /** When the event was accepted. */
    public Instant acceptedAt() {
      return deliveries.get(0).createdAt();
    }
  }

  /**
   * What came of a command.
   *
   * @param kind see there
   * @param affected how many deliveries it changed or added
   */
  record Reply(Kind kind, int affected) {}

  /** What came of a command. */
  enum Kind {
    /** Done; also if there was nothing to abandon. */
    DONE,
    /** The site has no such delivery, or no such event to deliver; nothing was changed. */
    NOT_FOUND,
    /** A living owner is sending the delivery at this moment; nothing was changed. */
    OWNED,
    /** The delivery is final, so it cannot be cancelled; nothing was changed. */
    FINAL
  }
}
