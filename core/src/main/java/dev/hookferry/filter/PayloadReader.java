package dev.hookferry.filter;

import dev.hookferry.filter.PayloadValue.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the wanted members of a payload in one pass, and stops as soon as all were found. Of
 * members with the same name the first one counts. Single use.
 */
final class PayloadReader {
  private final JsonCursor in;

  private PayloadReader(JsonCursor in) {
    this.in = in;
  }

  /** Reads a payload that is valid JSON. */
  static PayloadValue read(byte[] json, WantedFields wanted) {
    if (wanted.size() == 0) {
      return new PayloadValue(Kind.OBJECT, json, 0, json.length);
    }
    return new PayloadReader(new JsonCursor(json)).value(wanted, true);
  }

  private PayloadValue value(WantedFields wanted, boolean root) {
    int first = in.peek();
    int from = in.at();
    if (first == '{' && wanted.size() > 0) {
      List<PayloadValue> members = members(wanted, root);
      return spanning(Kind.OBJECT, from).withMembers(wanted, members);
    }
    if (first == '[') {
      List<PayloadValue> elements = new ArrayList<>();
      elements(wanted, elements);
      return spanning(Kind.ARRAY, from).withElements(elements);
    }
    in.skipValue();
    return spanning(
        switch (first) {
          case '{' -> Kind.OBJECT;
          case '"' -> Kind.TEXT;
          case 't' -> Kind.TRUE;
          case 'f' -> Kind.FALSE;
          case 'n' -> Kind.NULL;
          default -> Kind.NUMBER;
        },
        from);
  }

  private PayloadValue spanning(Kind kind, int from) {
    return new PayloadValue(kind, in.text(), from, in.at());
  }

  private List<PayloadValue> members(WantedFields wanted, boolean root) {
    // Allocated at the first match: a payload may have as many objects as a filter has no use for.
    PayloadValue[] members = {};
    int left = wanted.size();
    in.skip();
    while (!in.skipIf('}')) {
      WantedFields field = wanted.field(in.name());
      if (field == null || (members.length > 0 && members[field.index()] != PayloadValue.MISSING)) {
        in.skipValue();
      } else {
        if (members.length == 0) {
          members = new PayloadValue[wanted.size()];
          Arrays.fill(members, PayloadValue.MISSING);
        }
        members[field.index()] = value(field, false);
        left--;
        if (left == 0) {
          if (!root) {
            in.skipContainer();
          }
          break;
        }
      }
      var unused = in.skipIf(',');
    }
    return Arrays.asList(members);
  }

  /** Adds the elements of an array, and those of arrays in it instead of these. */
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
