package dev.hookferry.event;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules for name-value pairs: labels, routing values and metadata. Immutable. */
public final class PairRules {
  /** Maximum number of labels of an event or endpoint. */
  public static final int MAX_LABELS = 10;

  /** Maximum number of routing values of an event. */
  public static final int MAX_ROUTING = 16;

  /** Maximum number of metadata values of an endpoint. */
  public static final int MAX_METADATA = 50;

  /** Rules for the labels of events and endpoints. */
  public static final PairRules LABELS =
      new PairRules(MAX_LABELS, "[a-z0-9_.-]{1,64}", "1 to 64 characters of a-z 0-9 _ . -", 128);

  /** Rules for the values of URL templates. */
  public static final PairRules ROUTING =
      new PairRules(MAX_ROUTING, "[A-Za-z0-9_]{1,64}", "1 to 64 characters of A-Z a-z 0-9 _", 256);

  /** Rules for the metadata of endpoints. */
  public static final PairRules METADATA =
      new PairRules(
          MAX_METADATA, "[^\\p{Cc}]{1,64}", "1 to 64 characters without control characters", 512);

  private final int max;
  private final Pattern name;
  private final String form;
  private final int maxLength;

  private PairRules(int max, String name, String form, int maxLength) {
    this.max = max;
    this.name = Pattern.compile(name);
    this.form = form;
    this.maxLength = maxLength;
  }

  /**
   * Adds a problem for each violation.
   *
   * @param field the path of the values in the caller's input; a problem with one value is added
   *     below it
   */
  public void check(
      Problems problems, String field, Map<String, ? extends @Nullable String> values) {
    Objects.requireNonNull(problems, "problems");
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(values, "values");
    problems.require(values.size() <= max, field, "must have at most " + max + " entries");
    for (Map.Entry<String, ? extends @Nullable String> entry : values.entrySet()) {
      String value = entry.getValue();
      if (!name.matcher(entry.getKey()).matches() || !isText(entry.getKey())) {
        problems.add(field, "must have names of " + form);
      } else if (value == null) {
        problems.add(field + "." + entry.getKey(), "must be a string");
      } else {
        problems.require(
            value.length() <= maxLength && isText(value),
            field + "." + entry.getKey(),
            "must have at most " + maxLength + " characters, without control characters");
      }
    }
  }

  /**
   * Checks the values and returns a sorted, unmodifiable copy.
   *
   * @throws InvalidException that lists all violations
   */
  public Map<String, String> checked(String field, Map<String, String> values) {
    Problems problems = new Problems();
    check(problems, field, values);
    problems.throwIfAny();
    return sorted(values);
  }

  /** Returns whether a name follows these rules. */
  public boolean allowsName(String text) {
    Objects.requireNonNull(text, "text");
    return name.matcher(text).matches();
  }

  /** Returns an unmodifiable copy, sorted by name. */
  public static Map<String, String> sorted(Map<String, String> values) {
    Objects.requireNonNull(values, "values");
    return values.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** Returns a copy with one more value. */
  static Map<String, String> with(Map<String, String> values, String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return more;
  }

  /**
   * Returns the text if it has 1 to {@code max} characters.
   *
   * @throws InvalidException if it is empty or too long, or has control characters
   */
  static String text(String field, String text, int max) {
    if (text.isEmpty() || text.length() > max || !isText(text)) {
      throw InvalidException.of(
          field, "must have 1 to " + max + " characters, without control characters");
    }
    return text;
  }

  /** Returns whether a string is free of control characters and can be written in UTF-8. */
  private static boolean isText(String text) {
    return text.codePoints()
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }
}
