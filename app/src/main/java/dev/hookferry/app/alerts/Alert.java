package dev.hookferry.app.alerts;

import dev.hookferry.app.config.AlertType;

/**
 * A message for the recipients of alerts.
 *
 * @param type the kind of incident
 * @param key the same for the beginning and the end of an incident, on every node
 * @param text a sentence; line breaks become spaces
 * @param isOver whether it reports the end of the incident
 */
record Alert(AlertType type, String key, String text, boolean isOver) {
  Alert {
    text = text.replaceAll("\\p{Cntrl}+", " ");
  }

  /**
   * Returns the key of an incident. {@link ConsoleLinks} reads it.
   *
   * @param about words about its subject: the site and an id, if it has any, come first
   */
  static String key(AlertType type, String about) {
    return type.code() + " " + about;
  }

  /** Returns the name under which nodes agree who sends it. */
  String claim() {
    return key + (isOver ? " over" : "");
  }

  /** Returns the line of a message. */
  String line() {
    return (isOver ? "Recovered: " : "Alert: ") + text;
  }
}
