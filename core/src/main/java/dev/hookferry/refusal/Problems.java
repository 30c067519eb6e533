package dev.hookferry.refusal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with an input, so that a caller learns everything at once. */
public final class Problems {
  private final Set<Problem> found = new LinkedHashSet<>();

  /** Creates an empty collection. */
  public Problems() {}

  /** Notes a problem; the same one a second time is nothing new. */
  public void add(String field, String reason) {
    found.add(new Problem(field, reason));
  }

  /** Notes a problem unless the condition holds. */
  public void require(boolean condition, String field, String reason) {
    if (!condition) {
      add(field, reason);
    }
  }

  /** Notes a problem if a text holds control characters; tabs and line breaks may be in it. */
  public void requireText(String text, String field) {
    require(
        text.chars().noneMatch(c -> Character.isISOControl(c) && "\t\r\n".indexOf(c) < 0),
        field,
        "must hold no control characters but tabs and line breaks");
  }

  /**
   * Runs a parser; if it refuses, its problems are noted below the given field.
   *
   * @return what the parser gave, or null if it refused
   */
  public <T> @Nullable T collect(String field, Supplier<T> parser) {
    try {
      return parser.get();
    } catch (InvalidException e) {
      e.problems().forEach(p -> found.add(new Problem(join(field, p.field()), p.reason())));
      return null;
    }
  }

  /** Whether nothing is wrong so far. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** Throws if anything is wrong. */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidException(List.copyOf(found));
    }
  }

  private static String join(String outer, String inner) {
    if (outer.isEmpty() || inner.isEmpty()) {
      return outer + inner;
    }
    return inner.startsWith("[") ? outer + inner : outer + "." + inner;
  }
}
