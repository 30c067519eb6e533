package dev.hookferry.internal.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An element or text of an SVG. Not thread-safe. */
final class SvgNode {
  final String name;
  final Map<String, String> attributes = new LinkedHashMap<>();
  final List<SvgNode> children = new ArrayList<>();

  /** The text of a text node, which has no name. */
  private final String text;

  private SvgNode(String name, String text) {
    this.name = name;
    this.text = text;
  }

  static SvgNode element(String name) {
    return new SvgNode(name, "");
  }

  static SvgNode text(String text) {
    return new SvgNode("", text);
  }

  /** Returns whether this element or a descendant draws something. */
  boolean draws() {
    return SvgRules.DRAWING.contains(name) || children.stream().anyMatch(SvgNode::draws);
  }

  void write(StringBuilder out) {
    if (name.isEmpty()) {
      escaped(text, out);
      return;
    }
    out.append('<').append(name);
    attributes.forEach(
        (key, value) -> {
          out.append(' ').append(key).append("=\"");
          escaped(value, out);
          out.append('"');
        });
    if (children.isEmpty()) {
      out.append("/>");
      return;
    }
    out.append('>');
    children.forEach(child -> child.write(out));
    out.append("</").append(name).append('>');
  }

  private static void escaped(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        default -> out.append(c);
      }
    }
  }
}
