package dev.hookferry.app.alerts;

import java.util.ArrayList;
import java.util.List;

/**
 * A message to operators.
 *
 * @param subject the subject, in one line
 * @param lines the text; a line with a link follows the line that it belongs to
 */
record AlertMessage(String subject, List<String> lines) {
  private static final int MAX_ALERTS = 20;

  AlertMessage {
    lines = List.copyOf(lines);
  }

  /** Returns the message for these alerts, at least one. */
  static AlertMessage of(List<Alert> alerts, ConsoleLinks links) {
    long over = alerts.stream().filter(Alert::isOver).count();
    String subject =
        alerts.size() == 1
            ? "[Hookferry] " + alerts.get(0).line()
            : "[Hookferry] " + counted(alerts.size() - over, over);
    List<String> lines = new ArrayList<>();
    for (Alert alert : alerts.subList(0, Math.min(MAX_ALERTS, alerts.size()))) {
      lines.add(alert.line());
      String link = links.of(alert);
      if (!link.isEmpty()) {
        lines.add(link);
      }
    }
    if (alerts.size() > MAX_ALERTS) {
      lines.add("And " + (alerts.size() - MAX_ALERTS) + " more; see the console.");
    }
    return new AlertMessage(subject, lines);
  }

  /** Returns the counts of both kinds, omitting a count of zero. */
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
