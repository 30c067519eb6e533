package dev.hookferry.store;

/**
 * A place where Hookferry keeps everything: the store ports together. Implementing these, and
 * passing the contract tests, is all that a new store needs.
 */
public interface Store extends AutoCloseable {
  /** Deliveries and events. */
  DeliveryStore deliveries();

  /** The log. */
  AttemptLog log();

  /** The configuration. */
  ConfigStore config();

  /** Takes note of what is being sent, if the store has use for that. */
  default InFlightJournal flights() {
    return InFlightJournal.none();
  }

  /** Who changed what. */
  AuditLog audit();

  /** Replays that go on by themselves. */
  ReplayStore replays();

  /** What nodes count for charts; a store may keep nothing of that. */
  default TallyStore tallies() {
    return TallyStore.none();
  }

  /**
   * What there is to say of it. May cost as much as a look into the log.
   *
   * @throws StoreException if the store fails
   */
  StoreInfo facts();

  /** How many commits may usefully run at once; 1 for most. */
  default int parallelCommits() {
    return 1;
  }

  /** Whether several processes can use the same store at once. */
  default boolean isShared() {
    return false;
  }

  /**
   * Whether there is room for new events. Without it commits with publications fail with {@link
   * NoRoomException}, and all others succeed. Quick; never throws.
   */
  default boolean hasRoom() {
    return true;
  }

  /** Ends the use of all of them; what was committed stays. Harmless to repeat. */
  @Override
  void close();
}
