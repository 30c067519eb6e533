package dev.hookferry.app.alerts;

import java.util.List;
import java.util.Map;

/** A channel that reaches people. */
interface AlertChannel {
  /** Returns its name for the log, such as {@code email}. */
  String name();

  /** Returns its recipients; an empty text stands for the only one of a chat. */
  default List<String> recipients() {
    return List.of("");
  }

  /**
   * Sends a message; blocks for a limited time.
   *
   * @return by recipient, why it was not accepted for that one; empty if it was for all
   * @throws AlertException if it was not accepted at all
   */
  Map<String, String> send(AlertMessage message) throws AlertException;
}
