package dev.hookferry.http.console.site;

import dev.hookferry.MasterKeys;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.observe.Backlog;
import dev.hookferry.observe.EgressState;
import dev.hookferry.observe.NodeCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Verdict on whether this server works.
 *
 * @param tone CSS class: good, wait or bad
 */
public record ServerVerdict(String tone, String title, String text) {
  /**
   * Returns the verdict on a server without a store.
   *
   * @param fault why the store is not available
   */
  static ServerVerdict ofStoreFault(String fault) {
    return new ServerVerdict("bad", "The store is not available", fault);
  }

  /**
   * Returns the verdict on a server whose store is available.
   *
   * @param nodes number of live nodes
   * @param backlog the pending deliveries of all sites
   */
  static ServerVerdict of(
      int nodes, Backlog backlog, NodeCondition condition, MasterKeys.Status secrets, Instant now) {
    String running = NumberText.counted(nodes, "node") + (nodes == 1 ? " is" : " are") + " running";
    List<String> faults = faults(condition, secrets);
    List<String> reasons = new ArrayList<>(faults);
    if (condition.deliveryOff() != null) {
      reasons.add("delivery is off on this node: " + condition.deliveryOff());
    }
    if (backlog.isLate(now)) {
      reasons.add("deliveries are " + DisplayTime.relative(backlog.lateness(now)) + " late");
    }
    if (reasons.isEmpty()) {
      return new ServerVerdict(
          "good",
          "This server is healthy",
          "The store responds, delivery is on, and " + running + ".");
    }
    String title = String.join("; ", reasons);
    return new ServerVerdict(
        faults.isEmpty() ? "wait" : "bad",
        title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1),
        "The store responds; " + running + ".");
  }

  private static List<String> faults(NodeCondition condition, MasterKeys.Status secrets) {
    List<String> faults = new ArrayList<>();
    condition.faults().forEach(fault -> faults.add(fault.summary()));
    String egresses =
        condition.egresses().stream()
            .filter(egress -> !egress.isWorking())
            .map(EgressState::name)
            .collect(Collectors.joining(", "));
    if (!egresses.isEmpty()) {
      faults.add("failing egress: " + egresses);
    }
    if (secrets.state() == MasterKeys.State.KEY_MISSING) {
      faults.add("a master key is missing on this node");
    }
    return faults;
  }
}
