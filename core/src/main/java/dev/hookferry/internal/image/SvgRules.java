package dev.hookferry.internal.image;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Allowlist of SVG content: drawings with colours and text, and references within the file. */
final class SvgRules {
  /** Elements that draw something by themselves. */
  static final Set<String> DRAWING =
      Set.of("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "use");

  private static final Set<String> OTHERS =
      Set.of(
          "svg",
          "g",
          "defs",
          "symbol",
          "tspan",
          "linearGradient",
          "radialGradient",
          "stop",
          "clipPath",
          "mask",
          "style");

  /** Elements whose removal has no visible effect. */
  private static final Set<String> UNSEEN = Set.of("title", "desc", "metadata");

  /** Elements that only group others. */
  private static final Set<String> GROUPS = Set.of("a", "switch");

  /** CSS properties that are also attributes. */
  private static final Set<String> PROPERTIES =
      Set.of(
          "alignment-baseline",
          "baseline-shift",
          "clip-path",
          "clip-rule",
          "color",
          "direction",
          "display",
          "dominant-baseline",
          "fill",
          "fill-opacity",
          "fill-rule",
          "font-family",
          "font-size",
          "font-stretch",
          "font-style",
          "font-variant",
          "font-weight",
          "isolation",
          "letter-spacing",
          "mask",
          "mask-type",
          "mix-blend-mode",
          "opacity",
          "overflow",
          "paint-order",
          "shape-rendering",
          "stop-color",
          "stop-opacity",
          "stroke",
          "stroke-dasharray",
          "stroke-dashoffset",
          "stroke-linecap",
          "stroke-linejoin",
          "stroke-miterlimit",
          "stroke-opacity",
          "stroke-width",
          "text-anchor",
          "text-decoration",
          "text-rendering",
          "vector-effect",
          "visibility",
          "word-spacing");

  private static final Set<String> ATTRIBUTES =
      Set.of(
          "clipPathUnits",
          "cx",
          "cy",
          "d",
          "dx",
          "dy",
          "fr",
          "fx",
          "fy",
          "gradientTransform",
          "gradientUnits",
          "height",
          "lengthAdjust",
          "maskContentUnits",
          "maskUnits",
          "offset",
          "pathLength",
          "points",
          "preserveAspectRatio",
          "r",
          "rotate",
          "rx",
          "ry",
          "spreadMethod",
          "textLength",
          "transform",
          "viewBox",
          "width",
          "x",
          "x1",
          "x2",
          "y",
          "y1",
          "y2");

  private static final Set<String> FUNCTIONS =
      Set.of(
          "rgb",
          "rgba",
          "hsl",
          "hsla",
          "matrix",
          "translate",
          "translatex",
          "translatey",
          "scale",
          "scalex",
          "scaley",
          "rotate",
          "skewx",
          "skewy");

  private static final Pattern REFERENCE =
      Pattern.compile("url\\(\\s*([\"']?)#([A-Za-z_][\\w.-]*)\\1\\s*\\)(\\s+[A-Za-z0-9#]+)?");
  private static final Pattern ID = Pattern.compile("[A-Za-z_][\\w.-]*");
  private static final Pattern CLASSES = Pattern.compile("[\\w\\s-]*");

  private SvgRules() {}

  /** Returns the name under which an element is written; empty if it is dropped. */
  static Optional<String> element(String name) {
    return GROUPS.contains(name)
        ? Optional.of("g")
        : Optional.of(name).filter(n -> DRAWING.contains(n) || OTHERS.contains(n));
  }

  static boolean isUnseen(String element) {
    return UNSEEN.contains(element);
  }

  static boolean isProperty(String name) {
    return PROPERTIES.contains(name);
  }

  /** Returns the value with which an attribute is written; empty if it is dropped. */
  static Optional<String> attribute(String name, String value) {
    return switch (name) {
      case "id" -> Optional.of(value).filter(id -> ID.matcher(id).matches());
      case "class" -> Optional.of(value).filter(all -> CLASSES.matcher(all).matches());
      case "href" ->
          Optional.of(value.strip())
              .filter(to -> to.startsWith("#") && ID.matcher(to.substring(1)).matches());
      default ->
          ATTRIBUTES.contains(name) || PROPERTIES.contains(name) ? value(value) : Optional.empty();
    };
  }

  /** Returns the value if it is safe, with any reference limited to the file; else empty. */
  static Optional<String> value(String value) {
    Matcher reference = REFERENCE.matcher(value.strip());
    if (reference.matches()) {
      String fallback = reference.group(3) == null ? "" : reference.group(3);
      return Optional.of("url(#" + reference.group(2) + ")" + fallback);
    }
    boolean plain = value.chars().noneMatch(c -> "\\@<>{};:".indexOf(c) >= 0);
    return Optional.of(value).filter(text -> plain && hasOnlyKnownFunctions(text));
  }

  /** Returns the id that a value refers to; empty if it refers to none. */
  static Optional<String> target(String value) {
    Matcher reference = REFERENCE.matcher(value);
    return reference.matches()
        ? Optional.of(reference.group(2))
        : Optional.of(value).filter(v -> v.startsWith("#")).map(v -> v.substring(1));
  }

  /** Returns whether a style sheet loads nothing: no import, no url() and no escape to hide one. */
  static boolean isHarmlessSheet(String css) {
    return css.chars().noneMatch(c -> "\\@<".indexOf(c) >= 0) && hasOnlyKnownFunctions(css);
  }

  /** Scans by hand, because a regular expression would take quadratic time. */
  private static boolean hasOnlyKnownFunctions(String text) {
    for (int open = text.indexOf('('); open >= 0; open = text.indexOf('(', open + 1)) {
      int end = open;
      while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
        end--;
      }
      int start = end;
      while (start > 0 && isNamePart(text.charAt(start - 1))) {
        start--;
      }
      if (!FUNCTIONS.contains(text.substring(start, end).toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_';
  }
}
