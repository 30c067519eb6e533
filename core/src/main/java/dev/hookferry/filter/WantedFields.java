package dev.hookferry.filter;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tree of the members that filters refer to; only these are collected from a payload. Thread-safe
 * once complete.
 */
final class WantedFields {
  private final Map<String, WantedFields> fields = new HashMap<>();

  /** Returns the subtree of a member, adding the member if absent. */
  WantedFields add(String name) {
    return fields.computeIfAbsent(name, key -> new WantedFields());
  }

  @Nullable WantedFields field(String name) {
    return fields.get(name);
  }

  /** Adds the paths of the leaf members. */
  void collect(String path, Set<String> paths) {
    if (fields.isEmpty() && !path.isEmpty()) {
      paths.add(path);
    }
    fields.forEach(
        (name, inner) -> inner.collect(path.isEmpty() ? name : path + '.' + name, paths));
  }

  int size() {
    return fields.size();
  }
}
