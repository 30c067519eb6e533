package dev.hookferry.filter;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members that filters name, as a tree: only these are collected from a payload. Complete
 * before it is used; then thread-safe.
 */
final class WantedFields {
  private final Map<String, WantedFields> fields = new HashMap<>();

  /** Adds a member unless it is there already. */
  WantedFields add(String name) {
    return fields.computeIfAbsent(name, key -> new WantedFields());
  }

  @Nullable WantedFields field(String name) {
    return fields.get(name);
  }

  /** Adds the paths of the innermost members. */
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
