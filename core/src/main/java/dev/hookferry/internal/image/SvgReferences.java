package dev.hookferry.internal.image;

import dev.hookferry.refusal.InvalidException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Limit on the elements that a browser draws for an SVG. Elements can be reused, and so can the
 * elements that reuse them, so a small file could keep a browser busy for minutes.
 */
final class SvgReferences {
  private static final int MAX = 10_000;

  private final Map<String, SvgNode> byId = new HashMap<>();
  private final Map<SvgNode, Integer> costs = new HashMap<>();
  private final Set<SvgNode> open = new HashSet<>();

  private SvgReferences() {}

  /**
   * Checks the references.
   *
   * @throws InvalidException if there are too many, or an element refers to itself, even indirectly
   */
  static void check(SvgNode root) {
    SvgReferences references = new SvgReferences();
    references.collect(root);
    var unused = references.cost(root);
  }

  private void collect(SvgNode node) {
    String id = node.attributes.get("id");
    if (id != null) {
      byId.putIfAbsent(id, node);
    }
    node.children.forEach(this::collect);
  }

  private int cost(SvgNode node) {
    Integer known = costs.get(node);
    if (known != null) {
      return known;
    }
    if (!open.add(node)) {
      throw InvalidException.of(
          "image", "must not refer to itself (#" + node.attributes.get("id") + ")");
    }
    int cost = 1;
    for (SvgNode child : node.children) {
      cost = limited(cost + cost(child));
    }
    for (String value : node.attributes.values()) {
      SvgNode target = SvgRules.target(value).map(byId::get).orElse(null);
      cost = target == null ? cost : limited(cost + cost(target));
    }
    open.remove(node);
    costs.put(node, cost);
    return cost;
  }

  private static int limited(int cost) {
    if (cost > MAX) {
      throw InvalidException.of(
          "image", "must draw at most " + MAX + " elements, counting each use of one");
    }
    return cost;
  }
}
