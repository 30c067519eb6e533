package dev.hookferry.filter;

import dev.hookferry.event.Payload;
import dev.hookferry.internal.json.JsonCursor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The paths of a payload that a filter can refer to, as hints for users who write filters. */
public final class PayloadPaths {
  private static final int MAX_SHOWN = 60;

  private final JsonCursor in;
  private final int limit;
  private final Map<String, String> found = new LinkedHashMap<>();

  private PayloadPaths(JsonCursor in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /**
   * Returns the paths of all scalar values in document order, with the first value of each as JSON,
   * truncated to 60 characters. Omits fields that no filter can refer to.
   *
   * @param data valid JSON
   * @param limit the maximum number of paths to return
   */
  public static Map<String, String> of(Payload data, int limit) {
    Objects.requireNonNull(data, "data");
    PayloadPaths paths = new PayloadPaths(new JsonCursor(data.unsafeBytes()), limit);
    paths.value("", 0);
    return paths.found;
  }

  private void value(String path, int depth) {
    int first = in.peek();
    if (first == '[') {
      elements(path, depth);
    } else if (first == '{' && depth < Filter.MAX_DEPTH && found.size() < limit) {
      members(path, depth);
    } else {
      int from = in.at();
      in.skipValue();
      if (first != '{' && !path.isEmpty() && found.size() < limit) {
        found.putIfAbsent(path, PayloadValue.cut(in.text(), from, in.at(), MAX_SHOWN));
      }
    }
  }

  private void elements(String path, int depth) {
    in.skip();
    while (!in.skipIf(']')) {
      value(path, depth);
      var unused = in.skipIf(',');
    }
  }

  private void members(String path, int depth) {
    in.skip();
    while (!in.skipIf('}')) {
      String name = in.name();
      if (name.isEmpty() || name.indexOf('.') >= 0 || name.startsWith("$")) {
        in.skipValue();
      } else {
        value(path.isEmpty() ? name : path + '.' + name, depth + 1);
      }
      var unused = in.skipIf(',');
    }
  }
}
