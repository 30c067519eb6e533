package dev.hookferry.http.console.frame;

import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.observe.NodeCondition;
import dev.hookferry.observe.OwnFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A notice on every page: this node does not deliver, or has failures of its own.
 *
 * @param tone {@code bad} for a failure, {@code wait} if the operator requested it
 * @param title a short phrase
 * @param text one sentence
 */
public record Banner(String tone, String title, String text) {
  /**
   * Returns the notices of a node.
   *
   * @param detailed whether to include the last reason, which may name hosts of other sites
   */
  static List<Banner> of(NodeCondition condition, boolean detailed, Instant now) {
    List<Banner> all = new ArrayList<>();
    if (condition.deliveryOff() != null) {
      all.add(
          new Banner(
              "wait",
              "Delivery is off",
              "This node accepts and shows events and sends nothing, because "
                  + condition.deliveryOff()
                  + ". No attempts are counted."));
    }
    for (OwnFault fault : condition.faults()) {
      String reason = detailed ? fault.reason() + ", " : "";
      all.add(
          new Banner(
              "bad",
              "A problem of this server: " + fault.summary(),
              capitalized(reason + times(fault, now))
                  + ". No attempts are counted; deliveries continue once it works again."));
    }
    return all;
  }

  /** Returns how often and since when, such as {@code 12 times, first 3 min ago, last 2 s ago}. */
  static String times(OwnFault fault, Instant now) {
    String count = fault.count() == 1 ? "once" : NumberText.counted(fault.count(), "time");
    return fault.count() == 1
        ? count + ", " + DisplayTime.of(fault.at(), now).text()
        : count
            + ", first "
            + DisplayTime.of(fault.since(), now).text()
            + ", last "
            + DisplayTime.of(fault.at(), now).text();
  }

  private static String capitalized(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
