package dev.hookferry.store;

import dev.hookferry.store.session.SessionStore;
import java.util.Optional;

/**
 * Persistent storage for everything that Hookferry keeps. A new store implements these interfaces
 * and passes the contract tests.
 */
public interface Store extends AutoCloseable {
  /** Returns the storage of events and pending deliveries. */
  DeliveryStore deliveries();

  /** Returns the log of events, deliveries and attempts. */
  AttemptLog log();

  /** Returns the storage of the configuration. */
  ConfigStore config();

  /** Returns the journal of deliveries in flight. The default journal records nothing. */
  default InFlightJournal inFlightJournal() {
    return InFlightJournal.none();
  }

  /** Returns the audit log. */
  AuditLog audit();

  /** Returns the storage of background replays. */
  ReplayStore replays();

  /** Returns the storage of chart data. The default storage keeps nothing. */
  default TallyStore tallies() {
    return TallyStore.none();
  }

  /**
   * Returns the storage of browser sessions; always the same instance. Empty by default: each
   * process then keeps its sessions in memory and loses them on restart.
   */
  default Optional<SessionStore> sessions() {
    return Optional.empty();
  }

  /**
   * Returns information about the store for operators. May be as slow as a log query.
   *
   * @throws StoreException if the store fails
   */
  StoreInfo info();

  /** Returns the number of commits that can usefully run in parallel; 1 by default. */
  default int parallelCommits() {
    return 1;
  }

  /**
   * Returns whether several processes can share the store. If not, a second {@code Hookferry}
   * refuses to start on it until the first is closed.
   */
  default boolean isShared() {
    return false;
  }

  /**
   * Returns whether there is room for new events. If not, commits with publications fail with
   * {@link StoreFullException}, and all other commits succeed. Fast; never throws.
   */
  default boolean hasRoom() {
    return true;
  }

  /**
   * Returns the free space on the store's disk; empty, the default, if the store cannot determine
   * it. Fast.
   */
  default Optional<Space> space() {
    return Optional.empty();
  }

  /**
   * Space on the disk of a store.
   *
   * @param free bytes that can still be written
   * @param needed number of free bytes below which {@link #hasRoom} is false
   */
  record Space(long free, long needed) {}

  /** Closes the store; everything committed is kept. Idempotent. */
  @Override
  void close();
}
