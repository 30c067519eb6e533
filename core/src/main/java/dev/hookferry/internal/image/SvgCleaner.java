package dev.hookferry.internal.image;

import dev.hookferry.refusal.InvalidException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Sanitizer for SVG files: parses the file and writes only the elements and attributes that {@link
 * SvgRules} allows, so that safety does not depend on how a browser parses the original. Not
 * thread-safe.
 */
public final class SvgCleaner {
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final String NEITHER = "must be a PNG, or an SVG in UTF-8";
  private static final int MAX_DEPTH = 60;
  private static final int MAX_SIZE = 100_000;
  private static final int MAX_LENGTH = 40;
  private static final Pattern LENGTH = Pattern.compile("\\s*([0-9]*\\.?[0-9]+)(px)?\\s*");

  private final Set<String> removed = new TreeSet<>();
  private final XMLStreamReader xml;

  private SvgCleaner(XMLStreamReader xml) {
    this.xml = xml;
  }

  /**
   * Returns the sanitized image.
   *
   * @throws InvalidException if it cannot be sanitized
   */
  public static CleanedImage clean(byte[] file) {
    String text = text(file);
    if (!text.stripLeading().startsWith("<")) {
      throw invalid(NEITHER);
    }
    if (text.toUpperCase(Locale.ROOT).contains("<!DOCTYPE") || text.contains("<!ENTITY")) {
      throw invalid("must have no DOCTYPE and no entities; remove that part of the SVG");
    }
    try {
      return cleaned(text);
    } catch (XMLStreamException e) {
      throw invalid(
          "is not well-formed XML at line "
              + (e.getLocation() == null ? "1" : e.getLocation().getLineNumber()));
    }
  }

  private static InvalidException invalid(String rule) {
    return InvalidException.of("image", rule);
  }

  private static String text(byte[] file) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw invalid(NEITHER);
    }
  }

  private static CleanedImage cleaned(String text) throws XMLStreamException {
    // The JDK's own parser, whatever others are on the class path.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver(
        (publicId, systemId, baseUri, namespace) -> {
          throw new XMLStreamException("external entities are not resolved");
        });
    XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text));
    try {
      return new SvgCleaner(xml).whole();
    } finally {
      xml.close();
    }
  }

  private CleanedImage whole() throws XMLStreamException {
    int event = xml.getEventType();
    while (event != XMLStreamConstants.START_ELEMENT) {
      event = xml.next();
    }
    if (!isSvg() || !xml.getLocalName().equals("svg")) {
      throw invalid(NEITHER);
    }
    SvgNode root = element("svg", 0);
    while (xml.hasNext()) {
      var unused = xml.next();
    }
    if (!root.draws()) {
      throw invalid(
          "shows nothing"
              + (removed.isEmpty()
                  ? ""
                  : " once unsafe parts are removed: " + String.join(", ", removed)));
    }
    SvgReferences.check(root);
    double[] size = size(root);
    StringBuilder out = new StringBuilder();
    root.write(out);
    return CleanedImage.of(
        out.toString().getBytes(StandardCharsets.UTF_8), size[0], size[1], removed);
  }

  private boolean isSvg() {
    String namespace = xml.getNamespaceURI();
    return namespace == null || namespace.isEmpty() || namespace.equals(SVG);
  }

  /** Reads the current element up to its end tag. */
  private SvgNode element(String name, int depth) throws XMLStreamException {
    if (depth > MAX_DEPTH) {
      throw invalid("must have at most " + MAX_DEPTH + " elements within each other");
    }
    SvgNode node = SvgNode.element(name);
    if (depth == 0) {
      node.attributes.put("xmlns", SVG);
    }
    String style = "";
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeLocalName(i).equals("style")) {
        style = xml.getAttributeValue(i);
      } else {
        attribute(node, i);
      }
    }
    // Last, because a style overrides attributes.
    declarations(node, style);
    boolean hasText = Set.of("text", "tspan", "style").contains(name);
    for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        child(node, depth + 1);
      } else if (hasText && event == XMLStreamConstants.CHARACTERS) {
        node.children.add(SvgNode.text(xml.getText()));
      }
    }
    return node;
  }

  private void child(SvgNode parent, int depth) throws XMLStreamException {
    String name = xml.getLocalName();
    boolean ofEditor = !isSvg();
    Optional<String> kept = ofEditor ? Optional.empty() : SvgRules.element(name);
    if (kept.isEmpty()) {
      if (!ofEditor && !SvgRules.isUnseen(name)) {
        removed.add(name);
      }
      skip(depth);
      return;
    }
    if (name.equals("style")) {
      style(parent);
    } else {
      parent.children.add(element(kept.get(), depth));
    }
  }

  private void skip(int depth) throws XMLStreamException {
    int open = 1;
    while (open > 0) {
      int event = xml.next();
      open += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
      open -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
      if (depth + open > MAX_DEPTH) {
        throw invalid("must have at most " + MAX_DEPTH + " elements within each other");
      }
    }
  }

  private void style(SvgNode parent) throws XMLStreamException {
    String css = xml.getElementText();
    if (SvgRules.isHarmlessSheet(css)) {
      SvgNode style = SvgNode.element("style");
      style.children.add(SvgNode.text(css));
      parent.children.add(style);
    } else {
      removed.add("style");
    }
  }

  private void attribute(SvgNode node, int index) {
    String namespace = xml.getAttributeNamespace(index);
    String name = xml.getAttributeLocalName(index);
    String value = xml.getAttributeValue(index);
    boolean linked = name.equals("href");
    if (namespace != null && !namespace.isEmpty() && !linked) {
      return;
    }
    Optional<String> kept = SvgRules.attribute(name, value);
    kept.ifPresent(safe -> node.attributes.put(name, safe));
    if (kept.isEmpty() && (linked || name.startsWith("on") || SvgRules.isProperty(name))) {
      removed.add(name);
    }
  }

  /**
   * Keeps declarations of properties that also exist as attributes; a declaration with a reference
   * becomes an attribute.
   */
  private void declarations(SvgNode node, String style) {
    StringBuilder kept = new StringBuilder();
    for (String declaration : style.split(";", -1)) {
      int colon = declaration.indexOf(':');
      String property = colon < 0 ? "" : declaration.substring(0, colon).strip();
      String value = colon < 0 ? "" : declaration.substring(colon + 1).strip();
      Optional<String> safe = SvgRules.value(value).filter(v -> SvgRules.isProperty(property));
      if (safe.isEmpty() && value.contains("(")) {
        removed.add("style");
      }
      safe.filter(v -> SvgRules.target(v).isPresent() && v.startsWith("url"))
          .ifPresentOrElse(
              v -> node.attributes.put(property, v),
              () -> safe.ifPresent(v -> kept.append(property).append(':').append(v).append(';')));
    }
    if (!kept.isEmpty()) {
      node.attributes.put("style", kept.toString());
    }
  }

  /** Returns width and height, and sets both on the root, with a viewBox if it has none. */
  private static double[] size(SvgNode root) {
    String[] box = root.attributes.getOrDefault("viewBox", "").strip().split("[\\s,]+", -1);
    boolean boxed = box.length == 4;
    double width = length(boxed ? box[2] : root.attributes.get("width"));
    double height = length(boxed ? box[3] : root.attributes.get("height"));
    if (!(width > 0 && height > 0 && width <= MAX_SIZE && height <= MAX_SIZE)) {
      throw invalid(
          "must have a viewBox, or width and height in pixels, each more than 0 and at most "
              + MAX_SIZE);
    }
    if (!boxed) {
      root.attributes.put("viewBox", "0 0 " + width + " " + height);
    }
    root.attributes.put("width", String.valueOf(width));
    root.attributes.put("height", String.valueOf(height));
    return new double[] {width, height};
  }

  private static double length(@Nullable String text) {
    Matcher length = LENGTH.matcher(text == null || text.length() > MAX_LENGTH ? "" : text);
    return length.matches() ? Double.parseDouble(length.group(1)) : -1;
  }
}
