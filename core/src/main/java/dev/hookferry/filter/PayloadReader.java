package dev.hookferry.filter;

import dev.hookferry.internal.json.JsonCursor;
import dev.hookferry.internal.json.JsonType;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the wanted members of a payload in one pass, and stops once all are found. If a name occurs
 * more than once, the first member counts. Single use.
 */
final class PayloadReader {
  private final JsonCursor in;

  private PayloadReader(JsonCursor in) {
    this.in = in;
  }

  /** Reads a payload that is valid JSON. */
  static PayloadValue read(byte[] json, WantedFields wanted) {
    if (wanted.size() == 0) {
      return new PayloadValue(JsonType.OBJECT, json, 0, json.length);
    }
    return new PayloadReader(new JsonCursor(json)).value(wanted, true);
  }

  private PayloadValue value(WantedFields wanted, boolean root) {
    int first = in.peek();
    int from = in.at();
    if (first == '{' && wanted.size() > 0) {
      Members members = members(wanted, root);
      return spanning(JsonType.OBJECT, from).withMembers(members);
    }
    if (first == '[') {
      List<PayloadValue> elements = new ArrayList<>();
      elements(wanted, elements);
      return spanning(JsonType.ARRAY, from).withElements(elements);
    }
    in.skipValue();
    return spanning(JsonType.of(first), from);
  }

  private PayloadValue spanning(JsonType kind, int from) {
    return new PayloadValue(kind, in.text(), from, in.at());
  }

  private Members members(WantedFields wanted, boolean root) {
    Members members = Members.NONE;
    in.skip();
    while (!in.skipIf('}')) {
      String name = in.name();
      WantedFields field = wanted.field(name);
      if (field == null || members.get(name) != PayloadValue.MISSING) {
        in.skipValue();
      } else {
        members = members.size() == 0 ? new Members() : members;
        members.add(name, value(field, false));
        if (members.size() == wanted.size()) {
          if (!root) {
            in.skipContainer();
          }
          break;
        }
      }
      var unused = in.skipIf(',');
    }
    return members;
  }

  /** Adds the elements of an array, flattening nested arrays. */
  private void elements(WantedFields wanted, List<PayloadValue> elements) {
    in.skip();
    while (!in.skipIf(']')) {
      if (in.peek() == '[') {
        elements(wanted, elements);
      } else {
        elements.add(value(wanted, false));
      }
      var unused = in.skipIf(',');
    }
  }
}
