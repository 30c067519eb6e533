package dev.hookferry.port;

/**
 * A place where Hookferry keeps everything: the three store ports together. Implementing these, and
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
  default Flights flights() {
    return Flights.none();
  }

  /** How many commits may usefully run at once; 1 for most. */
  default int parallelCommits() {
    return 1;
  }

  /** Whether several processes can use the same store at once. */
  default boolean isShared() {
    return false;
  }

  /** Ends the use of all three; what was committed stays. Harmless to repeat. */
  @Override
  void close();
}
