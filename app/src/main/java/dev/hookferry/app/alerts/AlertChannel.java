package dev.hookferry.app.alerts;

import java.util.List;
import java.util.Map;

/** A channel that reaches operators. */
interface AlertChannel {
  /** Returns its name for the log, such as {@code email}. */
  String name();

  /** Returns its recipients; a chat has a single one, the empty string. */
  default List<String> recipients() {
    return List.of("");
  }

  /**
   * Sends a message; blocks for a limited time.
   *
   * @param recipients some of {@link #recipients()}
   * @return the refusals by recipient; empty if it was accepted for all
   * @throws AlertException if it was not accepted at all
   */
  Map<String, RecipientRefusal> send(AlertMessage message, List<String> recipients)
      throws AlertException;
}
