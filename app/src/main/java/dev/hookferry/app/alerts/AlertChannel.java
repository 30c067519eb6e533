package dev.hookferry.app.alerts;

/** A channel that reaches people. */
interface AlertChannel {
  /** Returns its name for the log, such as {@code email}. */
  String name();

  /**
   * Sends a message; blocks for a limited time.
   *
   * @throws AlertException if it was not accepted
   */
  void send(AlertMessage message) throws AlertException;
}
