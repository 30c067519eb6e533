package dev.hookferry.app.alerts;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A message to people.
 *
 * @param subject one line
 * @param lines the text
 */
record AlertMessage(String subject, List<String> lines) {
  private static final int MOST_LINES = 20;

  AlertMessage {
    lines = List.copyOf(lines);
  }

  /** Returns the message for these alerts, at least one. */
  static AlertMessage of(List<Alert> alerts) {
    long over = alerts.stream().filter(Alert::isOver).count();
    String subject =
        alerts.size() == 1
            ? "[Hookferry] " + alerts.get(0).line()
            : "[Hookferry] " + counted(alerts.size() - over, over);
    List<String> lines =
        alerts.stream().limit(MOST_LINES).map(Alert::line).collect(Collectors.toList());
    if (alerts.size() > MOST_LINES) {
      lines.add("And " + (alerts.size() - MOST_LINES) + " more; see the console.");
    }
    return new AlertMessage(subject, lines);
  }

  /** Returns the numbers of both kinds, without one that is zero. */
  private static String counted(long begun, long over) {
    String alerts = begun + (begun == 1 ? " alert" : " alerts");
    if (over == 0) {
      return alerts;
    }
    return begun == 0 ? over + " recovered" : alerts + ", " + over + " recovered";
  }

  String text() {
    return String.join("\n", lines);
  }
}
