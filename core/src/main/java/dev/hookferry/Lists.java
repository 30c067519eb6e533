package dev.hookferry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What {@link List} lacks before Java 21. */
final class Lists {
  private Lists() {}

  static <T> List<T> reversed(List<T> list) {
    List<T> copy = new ArrayList<>(list);
    Collections.reverse(copy);
    return copy;
  }
}
