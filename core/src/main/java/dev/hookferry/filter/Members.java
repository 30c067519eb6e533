package dev.hookferry.filter;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of one payload object that filters refer to. Takes memory only for members that the
 * object has: a payload may have many small objects, and filters may name many members. Not
 * thread-safe.
 */
final class Members {
  /** No members; must not be changed. */
  static final Members NONE = new Members();

  /** Maximum number of members that are searched linearly; more are looked up by hash. */
  private static final int FEW = 8;

  private String[] names = {};
  private PayloadValue[] values = {};
  private int size;
  private @Nullable Map<String, PayloadValue> byName;

  int size() {
    return size;
  }

  /** Returns a member, or {@link PayloadValue#MISSING}. */
  PayloadValue get(String name) {
    if (byName != null) {
      return byName.getOrDefault(name, PayloadValue.MISSING);
    }
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return values[i];
      }
    }
    return PayloadValue.MISSING;
  }

  /** Adds a member that is not present yet. */
  void add(String name, PayloadValue value) {
    if (byName == null && size == FEW) {
      byName = new HashMap<>();
      for (int i = 0; i < size; i++) {
        byName.put(names[i], values[i]);
      }
    }
    if (byName == null) {
      if (size == values.length) {
        names = Arrays.copyOf(names, Math.max(1, 2 * size));
        values = Arrays.copyOf(values, Math.max(1, 2 * size));
      }
      names[size] = name;
      values[size] = value;
    } else {
      byName.put(name, value);
    }
    size++;
  }
}
