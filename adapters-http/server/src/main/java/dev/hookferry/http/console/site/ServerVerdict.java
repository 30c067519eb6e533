package dev.hookferry.http.console.site;

import dev.hookferry.MasterKeys;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.observe.EgressState;
import dev.hookferry.observe.NodeCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Tells whether this server works.
 *
 * @param tone CSS class: good, wait or bad
 */
public record ServerVerdict(String tone, String title, String text) {
  /**
   * Returns the verdict.
   *
   * @param fault why the store is not available; empty if it is
   * @param nodes number of live nodes
   */
  static ServerVerdict of(
      String fault, int nodes, NodeCondition condition, MasterKeys.Status secrets) {
    if (!fault.isEmpty()) {
      return new ServerVerdict("bad", "The store is not available", fault);
    }
    String store = "The store responds, " + NumberText.counted(nodes, "node") + ".";
    String off = condition.deliveryOff();
    List<String> faults = faults(condition, secrets);
    if (!faults.isEmpty()) {
      return new ServerVerdict("bad", String.join("; ", faults), store);
    }
    return off == null
        ? new ServerVerdict(
            "good",
            "This server is healthy",
            "The store responds, delivery is on, " + NumberText.counted(nodes, "node") + ".")
        : new ServerVerdict("wait", "This node sends nothing, because " + off, store);
  }

  private static List<String> faults(NodeCondition condition, MasterKeys.Status secrets) {
    List<String> faults = new ArrayList<>();
    condition.faults().forEach(fault -> faults.add(fault.kind().summary()));
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
    faults.replaceAll(text -> text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1));
    return faults;
  }
}
