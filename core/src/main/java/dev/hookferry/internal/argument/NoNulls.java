package dev.hookferry.internal.argument;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Null checks for arrays, collections and maps and for their elements. They throw a {@link
 * NullPointerException} whose message names the parameter, such as {@code types} or {@code
 * types[1]}.
 */
public final class NoNulls {
  private NoNulls() {}

  /** Returns an unmodifiable list of the elements, none of which may be null. */
  public static <T> List<T> in(T[] array, String name) {
    return List.copyOf(in(Arrays.asList(Objects.requireNonNull(array, name)), name));
  }

  /** Returns the given collection, whose elements must not be null. */
  public static <C extends Collection<?>> C in(C collection, String name) {
    Objects.requireNonNull(collection, name);
    int index = 0;
    for (Object element : collection) {
      if (element == null) {
        throw new NullPointerException(
            collection instanceof List ? name + "[" + index + "]" : name);
      }
      index++;
    }
    return collection;
  }

  /** Returns the given map, whose keys and values must not be null. */
  public static <K, V> Map<K, V> in(Map<K, V> map, String name) {
    Objects.requireNonNull(map, name);
    map.forEach(
        (key, value) -> {
          Objects.requireNonNull(key, name);
          Objects.requireNonNull(value, () -> name + "[" + key + "]");
        });
    return map;
  }

  /** Returns the given map, whose keys must not be null; its values may be. */
  public static <K, V> Map<K, V> inKeys(Map<K, V> map, String name) {
    Collection<K> unused = in(Objects.requireNonNull(map, name).keySet(), name);
    return map;
  }
}
