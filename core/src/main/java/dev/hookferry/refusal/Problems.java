package dev.hookferry.refusal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collector for the problems of an input, so that callers can report all of them together. Not
 * thread-safe.
 */
public final class Problems {
  /** An immutable empty set until the first problem is added, since most inputs have none. */
  private Set<Problem> found = Set.of();

  /** Creates a collector without problems. */
  public Problems() {}

  /**
   * Runs checks that add problems.
   *
   * @throws InvalidException if the checks add any problem
   */
  public static void check(Consumer<Problems> rules) {
    Objects.requireNonNull(rules, "rules");
    Problems problems = new Problems();
    rules.accept(problems);
    problems.throwIfAny();
  }

  /** Adds a problem; ignores duplicates. */
  public void add(String field, String reason) {
    add(new Problem(field, reason));
  }

  /** Adds a problem; ignores duplicates. */
  public void add(Problem problem) {
    Objects.requireNonNull(problem, "problem");
    if (found.isEmpty()) {
      found = new LinkedHashSet<>();
    }
    found.add(problem);
  }

  /** Adds a problem unless the condition holds. */
  public void require(boolean condition, String field, String reason) {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(reason, "reason");
    if (!condition) {
      add(field, reason);
    }
  }

  /** Adds a problem if a string contains control characters other than tabs and line breaks. */
  public void requireText(String text, String field) {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(field, "field");
    require(
        text.chars().noneMatch(c -> Character.isISOControl(c) && "\t\r\n".indexOf(c) < 0),
        field,
        "must not contain control characters other than tabs and line breaks");
  }

  /**
   * Runs a parser and adds its problems, if any, below the given field.
   *
   * @return the parsed value, or null if there were problems
   */
  public <T> @Nullable T collect(String field, Supplier<T> parser) {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(parser, "parser");
    try {
      return parser.get();
    } catch (InvalidException e) {
      e.problems().forEach(p -> add(new Problem(join(field, p.field()), p.reason(), p.unknown())));
      return null;
    }
  }

  /** Returns whether no problems have been added. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** Throws an {@link InvalidException} if any problem was added. */
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
