package dev.hookferry.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reversed lists, which {@link List} lacks before Java 21. */
public final class Reversed {
  private Reversed() {}

  public static <T> List<T> reversed(List<T> list) {
    List<T> copy = new ArrayList<>(list);
    Collections.reverse(copy);
    return copy;
  }
}
