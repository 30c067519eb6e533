package dev.hookferry.store.transfer;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.store.ConfigEntry;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.TallyStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * One record of a store's content. Together, the records are everything in the store except the
 * state of running processes: owners and the deliveries that they own. Times have millisecond
 * precision. Immutable.
 */
public sealed interface TransferRecord {
  /** Calls the fold's method for this kind of record and returns its result. */
  <R> R fold(Fold<R> fold);

  /**
   * Handles each kind of record. A new kind adds a method, so no store can miss it.
   *
   * @param <R> the type of the result
   */
  interface Fold<R> {
    /** Folds a resource of the configuration. */
    R config(StoredConfig config);

    /** Folds a background replay. */
    R replay(StoredReplay replay);

    /** Folds an entry of the audit log. */
    R audit(StoredAuditEntry audit);

    /** Folds a count for charts. */
    R tally(StoredTally tally);

    /** Folds an event. */
    R event(StoredEvent event);

    /** Folds a delivery. */
    R delivery(StoredDelivery delivery);

    /** Folds an attempt. */
    R attempt(StoredAttempt attempt);
  }

  /**
   * A resource of the configuration.
   *
   * @param entry the resource's entry; its text is not null, since removed resources are not
   *     transferred
   */
  record StoredConfig(ConfigEntry entry) implements TransferRecord {
    public StoredConfig {
      Objects.requireNonNull(entry, "entry");
      if (entry.text() == null) {
        throw new IllegalArgumentException(entry.kind() + " " + entry.id() + " was removed");
      }
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.config(this);
    }

    /** Returns the kind and id, without the text, which may contain secrets. */
    @Override
    public String toString() {
      return entry.kind().code() + " " + entry.id();
    }
  }

  /** A background replay. */
  record StoredReplay(ReplayStore.ReplayEntry replay) implements TransferRecord {
    public StoredReplay {
      Objects.requireNonNull(replay, "replay");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.replay(this);
    }
  }

  /** An entry of the audit log. */
  record StoredAuditEntry(AuditEntry entry) implements TransferRecord {
    public StoredAuditEntry {
      Objects.requireNonNull(entry, "entry");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.audit(this);
    }
  }

  /**
   * A count for charts.
   *
   * @param storedAt when it was stored, in whole seconds
   */
  record StoredTally(TallyStore.Tally tally, Instant storedAt) implements TransferRecord {
    public StoredTally {
      Objects.requireNonNull(tally, "tally");
      Objects.requireNonNull(storedAt, "storedAt");
      storedAt = storedAt.truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.tally(this);
    }
  }

  /**
   * An event.
   *
   * @param receipt number of deliveries in its receipt: those created when it was accepted, not
   *     those added later
   */
  record StoredEvent(Event event, int receipt) implements TransferRecord {
    public StoredEvent {
      Objects.requireNonNull(event, "event");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.event(this);
    }
  }

  /**
   * A delivery in its current state. A pending delivery is unowned in the target store.
   *
   * @param suspicion whether the delivery is suspected of crashing its owners; {@link
   *     CrashSuspicion#NONE} once final
   * @param payloadBytes size of the event's payload in bytes
   * @param position position in the queue of the ordering key, comparable only within that queue; 0
   *     if the delivery is in no queue
   */
  record StoredDelivery(
      Delivery delivery, CrashSuspicion suspicion, int payloadBytes, long position)
      implements TransferRecord {
    /** Creates the record of a delivery that is in no queue. */
    public StoredDelivery(Delivery delivery, CrashSuspicion suspicion, int payloadBytes) {
      this(delivery, suspicion, payloadBytes, 0);
    }

    public StoredDelivery {
      Objects.requireNonNull(delivery, "delivery");
      Objects.requireNonNull(suspicion, "suspicion");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.delivery(this);
    }
  }

  /**
   * An attempt.
   *
   * @param acceptedAt when its event was accepted
   */
  record StoredAttempt(Attempt attempt, Instant acceptedAt) implements TransferRecord {
    public StoredAttempt {
      Objects.requireNonNull(attempt, "attempt");
      Objects.requireNonNull(acceptedAt, "acceptedAt");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.attempt(this);
    }
  }
}
