package dev.hookferry.store.commit;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A command of a user about deliveries that no living owner owns, or new ones. */
public sealed interface Command {
  /**
   * Calls the fold's method for this kind of command and returns its result.
   *
   * @throws X if that method does
   */
  <R, X extends Exception> R fold(Fold<R, X> fold) throws X;

  /**
   * Handles each kind of command. A new kind adds a method, so no store can miss it.
   *
   * @param <R> the type of the result
   * @param <X> the exception that the methods may throw
   */
  interface Fold<R, X extends Exception> {
    /** Carries out a retry. */
    R retry(Retry command) throws X;

    /** Carries out a cancellation. */
    R cancel(Cancel command) throws X;

    /** Gives up a blocked delivery. */
    R skip(Skip command) throws X;

    /** Cancels what an endpoint left behind. */
    R abandon(Abandon command) throws X;

    /** Adds deliveries. */
    R deliver(Deliver command) throws X;
  }

  /**
   * Makes a delivery pending and due, whatever its state; attempt numbers continue. One that waits
   * behind another stays there, and a blocked one keeps its place.
   *
   * @param at when it is due
   * @param orderingKey the key in whose queue a final delivery takes the last place, or null if it
   *     takes none; a delivery that is not final keeps its place whatever this is
   */
  record Retry(SiteId site, DeliveryId delivery, Instant at, @Nullable String orderingKey)
      implements Command {
    /** Creates a command that gives a final delivery no place. */
    public Retry(SiteId site, DeliveryId delivery, Instant at) {
      this(site, delivery, at, null);
    }

    /** Returns a copy with the given time. */
    public Retry dueAt(Instant when) {
      Objects.requireNonNull(when, "when");
      return new Retry(site, delivery, when, orderingKey);
    }

    /** Returns a delivery after this command; it may have to wait for its turn. */
    public Delivery applyTo(Delivery before) {
      Objects.requireNonNull(before, "before");
      Delivery after = before.revived(at);
      return before.state().isFinal() && orderingKey != null ? after.inOrder(orderingKey) : after;
    }

    public Retry {
      Objects.requireNonNull(site, "site");
      Objects.requireNonNull(delivery, "delivery");
      Objects.requireNonNull(at, "at");
    }

    @Override
    public <R, X extends Exception> R fold(Fold<R, X> fold) throws X {
      return fold.retry(this);
    }
  }

  /** Cancels a pending delivery. */
  record Cancel(SiteId site, DeliveryId delivery, Instant at) implements Command {
    public Cancel {
      Objects.requireNonNull(site, "site");
      Objects.requireNonNull(delivery, "delivery");
      Objects.requireNonNull(at, "at");
    }

    @Override
    public <R, X extends Exception> R fold(Fold<R, X> fold) throws X {
      return fold.cancel(this);
    }
  }

  /** Gives up a blocked delivery, so that the next one with its ordering key is sent. */
  record Skip(SiteId site, DeliveryId delivery, Instant at) implements Command {
    public Skip {
      Objects.requireNonNull(site, "site");
      Objects.requireNonNull(delivery, "delivery");
      Objects.requireNonNull(at, "at");
    }

    @Override
    public <R, X extends Exception> R fold(Fold<R, X> fold) throws X {
      return fold.skip(this);
    }
  }

  /**
   * Cancels pending deliveries of an endpoint that was removed.
   *
   * @param atMost maximum number, to keep commits short; the caller repeats the command for the
   *     rest
   */
  record Abandon(SiteId site, EndpointId endpoint, Instant at, int atMost) implements Command {
    public Abandon {
      Objects.requireNonNull(site, "site");
      Objects.requireNonNull(endpoint, "endpoint");
      Objects.requireNonNull(at, "at");
    }

    @Override
    public <R, X extends Exception> R fold(Fold<R, X> fold) throws X {
      return fold.abandon(this);
    }
  }

  /**
   * Adds deliveries to an event that was accepted earlier. Skips endpoints that already have a
   * delivery, such as from an earlier try of the same commit. Receipts of repeated publishes do not
   * change.
   *
   * @param deliveries at least one; all pending, of the same event, and created at its time of
   *     acceptance
   */
  record Deliver(List<Delivery> deliveries) implements Command {
    public Deliver {
      Objects.requireNonNull(deliveries, "deliveries");
      deliveries = List.copyOf(deliveries);
      if (deliveries.isEmpty() || deliveries.stream().anyMatch(differsFrom(deliveries.get(0)))) {
        throw new IllegalArgumentException(
            "there must be at least one delivery, and all must be of the same event");
      }
    }

    private static Predicate<Delivery> differsFrom(Delivery first) {
      return d ->
          !d.site().equals(first.site())
              || !d.event().equals(first.event())
              || !d.createdAt().equals(first.createdAt())
              || d.state().isFinal();
    }

    /** Returns the event's site. */
    public SiteId site() {
      return deliveries.get(0).site();
    }

    /** Returns the event's id. */
    public EventId event() {
      return deliveries.get(0).event();
    }

    /** Returns when the event was accepted. */
    public Instant acceptedAt() {
      return deliveries.get(0).createdAt();
    }

    @Override
    public <R, X extends Exception> R fold(Fold<R, X> fold) throws X {
      return fold.deliver(this);
    }
  }

  /**
   * Result of a command.
   *
   * @param kind the outcome
   * @param affected number of deliveries changed or added
   */
  record Reply(Kind kind, int affected) {
    public Reply {
      Objects.requireNonNull(kind, "kind");
    }
  }

  /** Kind of result. */
  enum Kind {
    /** Done; also if there was nothing to abandon. */
    DONE,
    /** The site has no such delivery, or no such event to deliver; nothing was changed. */
    NOT_FOUND,
    /** A living owner is sending the delivery at this moment; nothing was changed. */
    OWNED,
    /** The delivery is final, so it cannot be cancelled; nothing was changed. */
    FINAL,
    /** The delivery waits behind another one and cannot be retried; nothing was changed. */
    WAITING,
    /** The delivery is not blocked and cannot be skipped; nothing was changed. */
    NOT_BLOCKED
  }
}
