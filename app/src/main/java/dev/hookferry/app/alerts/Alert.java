package dev.hookferry.app.alerts;

import dev.hookferry.app.config.AlertType;

/**
 * A message for the recipients of alerts.
 *
 * @param type the kind of incident
 * @param key the incident's identity: equal for its beginning and its end, and on every node
 * @param text a sentence; line breaks become spaces
 * @param isOver whether it reports the end of the incident
 */
record Alert(AlertType type, String key, String text, boolean isOver) {
  Alert {
    text = text.replaceAll("\\p{Cntrl}+", " ");
  }

  /**
   * Returns the key of an incident, which {@link ConsoleLinks} parses.
   *
   * @param about the subject as words separated by spaces, beginning with its site and id if it has
   *     them
   */
  static String key(AlertType type, String about) {
    return type.code() + " " + about;
  }

  /** Returns the name under which nodes claim this alert. */
  String claim() {
    return key + (isOver ? " over" : "");
  }

  /** Returns the line that describes this alert in a message. */
  String line() {
    return (isOver ? "Recovered: " : "Alert: ") + text;
  }
}
