package dev.hookferry.event;

import dev.hookferry.internal.json.JsonCursor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reader of field values in one pass over the data; stops once all fields are found. Thread-safe.
 */
final class SearchFieldReader {
  private final Wanted root = new Wanted();
  private final int count;

  /** Creates a reader of these fields; dots separate nested members. */
  SearchFieldReader(List<String> names) {
    for (String name : names) {
      Wanted at = root;
      for (String member : name.split("\\.", -1)) {
        at = at.members.computeIfAbsent(member, key -> new Wanted());
      }
      at.name = name;
    }
    count = names.size();
  }

  /** A member that is a wanted field or contains wanted fields. Not changed after construction. */
  private static final class Wanted {
    private final Map<String, Wanted> members = new HashMap<>();
    private @Nullable String name;
  }

  /** Returns the values by field name, without the fields that have none. */
  Map<String, String> read(byte[] json) {
    JsonCursor in = new JsonCursor(json);
    Map<String, String> found = new TreeMap<>();
    if (in.peek() == '{') {
      boolean unused = members(in, root, found);
    }
    return found.isEmpty() ? Map.of() : found;
  }

  /** Reads an object; returns false once every wanted field has been found. */
  private boolean members(JsonCursor in, Wanted wanted, Map<String, String> found) {
    in.skip();
    while (!in.skipIf('}')) {
      Wanted member = wanted.members.get(in.name());
      if (member == null) {
        in.skipValue();
      } else if (!value(in, member, found)) {
        return false;
      }
      boolean unused = in.skipIf(',');
    }
    return true;
  }

  private boolean value(JsonCursor in, Wanted wanted, Map<String, String> found) {
    int first = in.peek();
    if (first == '{' && !wanted.members.isEmpty()) {
      return members(in, wanted, found);
    }
    int from = in.at();
    in.skipValue();
    if (wanted.name != null && first != '{' && first != '[' && first != 'n') {
      found.putIfAbsent(wanted.name, SearchFields.indexed(text(in, first, from)));
    }
    return found.size() < count;
  }

  private static String text(JsonCursor in, int first, int from) {
    return first == '"'
        ? JsonCursor.decode(in.text(), from + 1, in.at() - 1)
        : JsonCursor.decode(in.text(), from, in.at());
  }
}
