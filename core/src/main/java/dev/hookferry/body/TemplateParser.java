package dev.hookferry.body;

import dev.hookferry.event.JsonValidator;
import dev.hookferry.event.Payload;
import dev.hookferry.internal.json.JsonCursor;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Nearest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Parser of the text of a template. Single use. */
final class TemplateParser {
  /** The names with which pointers into an event may begin. */
  private static final List<String> ROOTS = List.of("id", "type", "time", "site", "labels", "data");

  private static final int MAX_SHOWN = 300;

  private final JsonCursor in;
  private final PointerTree event = new PointerTree();

  /** The pointers into elements of the enclosing {@code $map} arrays, innermost first. */
  private final Deque<PointerTree> items = new ArrayDeque<>();

  private TemplateParser(JsonCursor in) {
    this.in = in;
  }

  /** A parsed template. */
  record Parsed(TemplateNode root, PointerTree pointers) {}

  /**
   * Parses a template.
   *
   * @throws InvalidException with the path within the template and the rule
   */
  static Parsed parse(byte[] text) {
    if (text.length > BodyTemplate.MAX_BYTES) {
      throw refused("", "must have at most " + BodyTemplate.MAX_BYTES + " bytes");
    }
    JsonValidator.require(BodyTemplate.FIELD, Payload.wrap(text));
    TemplateParser parser = new TemplateParser(new JsonCursor(text));
    if (parser.in.peek() != '{') {
      throw refused("", "must be a JSON object, such as {\"text\":{\"$pointer\":\"/type\"}}");
    }
    TemplateNode root = parser.node("", 0);
    return new Parsed(root, parser.event);
  }

  private TemplateNode node(String path, int depth) {
    require(
        depth < BodyTemplate.MAX_DEPTH,
        path,
        "must be nested at most " + BodyTemplate.MAX_DEPTH + " levels deep");
    return switch (in.peek()) {
      case '{' -> object(path, depth + 1);
      case '[' -> new TemplateNode.Elements(elements(path, depth + 1));
      default -> new TemplateNode.Constant(TemplateValue.next(in));
    };
  }

  private TemplateNode object(String path, int depth) {
    Set<String> names = names(path);
    for (String name : names) {
      TemplateFunction function = TemplateFunction.of(name).orElse(null);
      if (function != null) {
        require(
            names.size() == 1,
            path + '.' + name,
            "must be the only member of its object; use $literal for an object that is not meant"
                + " as a function");
        return call(function, path + '.' + name, depth);
      }
      String hint = Nearest.hint(name, TemplateFunction.symbols());
      require(
          names.size() > 1 || !name.startsWith("$"),
          path + '.' + name,
          "is not a function"
              + hint
              + (hint.isEmpty() ? "; the functions are " : " The functions are ")
              + String.join(" ", TemplateFunction.symbols()));
    }
    List<TemplateNode.Member> members = new ArrayList<>();
    in.skip();
    while (!in.skipIf('}')) {
      String name = in.name();
      Payload quoted = new JsonBuffer(Integer.MAX_VALUE).text(name).end();
      members.add(new TemplateNode.Member(quoted, node(path + '.' + name, depth)));
      var unused = in.skipIf(',');
    }
    return new TemplateNode.ObjectMembers(List.copyOf(members));
  }

  /** Returns the member names of the object ahead, without moving the cursor. */
  private Set<String> names(String path) {
    JsonCursor ahead = new JsonCursor(in.text(), in.at());
    Set<String> names = new HashSet<>();
    ahead.skip();
    while (!ahead.skipIf('}')) {
      String name = ahead.name();
      require(names.add(name), path + '.' + name, "appears twice");
      ahead.skipValue();
      var unused = ahead.skipIf(',');
    }
    return names;
  }

  private List<TemplateNode> elements(String path, int depth) {
    List<TemplateNode> elements = new ArrayList<>();
    in.skip();
    while (!in.skipIf(']')) {
      elements.add(node(path + '[' + elements.size() + ']', depth));
      var unused = in.skipIf(',');
    }
    return List.copyOf(elements);
  }

  /** Reads a function call, including the braces around it. */
  private TemplateNode call(TemplateFunction function, String path, int depth) {
    in.skip();
    var unusedName = in.name();
    TemplateNode made =
        switch (function) {
          case POINTER -> new TemplateNode.OfEvent(event.slot(eventPointer(path)));
          case ITEM -> item(path);
          case LITERAL -> new TemplateNode.Constant(TemplateValue.next(in));
          case DEFAULT ->
              new TemplateNode.FirstOf(arguments(function, path, depth, 2, Integer.MAX_VALUE));
          case IF -> choice(arguments(function, path, depth, 2, 3));
          case MAP -> map(path, depth);
          case TRUNCATE -> truncate(path, depth);
          case DATE -> date(path, depth);
          case CONCAT ->
              operation(function, arguments(function, path, depth, 1, Integer.MAX_VALUE));
          case EQUALS, JOIN -> operation(function, arguments(function, path, depth, 2, 2));
          case STRING, NUMBER, UPPER, LOWER -> operation(function, List.of(node(path, depth)));
        };
    var unused = in.skipIf('}');
    return made;
  }

  private static TemplateNode operation(TemplateFunction function, List<TemplateNode> arguments) {
    return new TemplateNode.FunctionCall(function, arguments, TemplateFunctions.of(function));
  }

  private static TemplateNode choice(List<TemplateNode> all) {
    TemplateNode otherwise =
        all.size() == 2 ? new TemplateNode.Constant(TemplateValue.NULL) : all.get(2);
    return new TemplateNode.Either(all.get(0), all.get(1), otherwise);
  }

  private List<TemplateNode> arguments(
      TemplateFunction function, String path, int depth, int min, int max) {
    requireList(function, path);
    List<TemplateNode> all = elements(path, depth + 1);
    require(
        all.size() >= min && all.size() <= max,
        path,
        "must have the arguments " + function.arguments());
    return all;
  }

  private void requireList(TemplateFunction function, String path) {
    require(in.peek() == '[', path, "must have the arguments " + function.arguments());
  }

  private TemplateNode map(String path, int depth) {
    requireList(TemplateFunction.MAP, path);
    in.skip();
    require(in.peek() != ']', path, "must have the arguments [array, template]");
    TemplateNode array = node(path + "[0]", depth + 1);
    require(in.skipIf(','), path, "must have the arguments [array, template]");
    PointerTree pointers = new PointerTree();
    items.push(pointers);
    TemplateNode body = node(path + "[1]", depth + 1);
    items.pop();
    require(in.skipIf(']'), path, "must have the arguments [array, template]");
    return new TemplateNode.Each(array, body, pointers);
  }

  private TemplateNode truncate(String path, int depth) {
    List<TemplateNode> all = arguments(TemplateFunction.TRUNCATE, path, depth, 2, 2);
    String length = constant(all.get(1));
    require(
        length.matches("[1-9][0-9]{0,5}"), path + "[1]", "must be a whole number from 1 to 999999");
    return new TemplateNode.FunctionCall(
        TemplateFunction.TRUNCATE,
        all.subList(0, 1),
        TemplateFunctions.truncate(Integer.parseInt(length)));
  }

  private TemplateNode date(String path, int depth) {
    List<TemplateNode> all = arguments(TemplateFunction.DATE, path, depth, 2, 2);
    TemplateNode.Operation write = TemplateFunctions.date(constant(all.get(1)));
    if (write == null) {
      throw refused(
          path + "[1]",
          "must be iso, date, time, unix, unix-ms or a pattern of at most 64 characters, such as"
              + " dd.MM.yyyy HH:mm");
    }
    return new TemplateNode.FunctionCall(TemplateFunction.DATE, all.subList(0, 1), write);
  }

  /** Returns the text of a constant; empty if the node is not a constant text. */
  private static String constant(TemplateNode node) {
    String text = node instanceof TemplateNode.Constant constant ? constant.value().text() : null;
    return text == null ? "" : text;
  }

  private TemplateNode item(String path) {
    PointerTree pointers = items.peek();
    if (pointers == null) {
      throw refused(path, "must be inside $map; use $pointer for values of the event");
    }
    return new TemplateNode.OfItem(pointers.slot(pointer(path)));
  }

  private List<String> eventPointer(String path) {
    List<String> names = pointer(path);
    String first = names.isEmpty() ? "" : names.get(0);
    require(
        ROOTS.contains(first),
        path,
        "must begin with /id, /type, /time, /site, /labels or /data; a field of the data is, for"
            + " example, /data/ActivationKey");
    return names;
  }

  private List<String> pointer(String path) {
    require(in.peek() == '"', path, "must be a string, such as \"/data/ActivationKey\"");
    String text = TemplateValue.next(in).text();
    return JsonPointer.parse(field(path), text == null ? "" : text);
  }

  private static void require(boolean condition, String path, String rule) {
    if (!condition) {
      throw refused(path, rule);
    }
  }

  private static InvalidException refused(String path, String rule) {
    return InvalidException.of(field(path), rule);
  }

  private static String field(String path) {
    String shown = path.length() <= MAX_SHOWN ? path : path.substring(0, MAX_SHOWN) + "…";
    return BodyTemplate.FIELD + shown;
  }
}
