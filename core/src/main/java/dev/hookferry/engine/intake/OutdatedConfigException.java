package dev.hookferry.engine.intake;

/**
 * Thrown if the configuration has changed since the events were built, so that they are not stored.
 * Rebuild them with the store's current configuration.
 */
public final class OutdatedConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long version;

  /**
   * Creates a refusal.
   *
   * @param version the version of the configuration in the store
   */
  public OutdatedConfigException(long version) {
    super("the configuration has changed in the meantime, to version " + version);
    this.version = version;
  }

  /** Returns the version of the configuration in the store. */
  public long version() {
    return version;
  }
}
