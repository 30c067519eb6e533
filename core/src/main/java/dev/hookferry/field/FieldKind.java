package dev.hookferry.field;

import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The type of a field's values, with their bounds.
 *
 * @param <T> the Java type of a value
 */
public sealed interface FieldKind<T>
    permits FieldGroup,
        FieldKind.Text,
        FieldKind.Choice,
        FieldKind.Whole,
        FieldKind.Flag,
        FieldKind.Time,
        FieldKind.Span,
        FieldKind.Texts,
        FieldKind.TextMap {
  /**
   * Reads the value of a field; null if it is absent, or if it is invalid and the source has added
   * a problem.
   */
  @Nullable T read(FieldSource source, String name);

  /** Calls the fold's method for this kind. */
  <R> R fold(FieldFold<R> fold);

  /** Returns whether a value is within the bounds of this kind. */
  default boolean allows(T value) {
    return true;
  }

  /** Returns the bounds in words, such as {@code 0 to 1000}. */
  default String bounds() {
    return fold(BoundsText.KIND).bounds();
  }

  /** Returns the rule in words, such as {@code must be a whole number from 0 to 1000}. */
  default String rule() {
    return fold(BoundsText.KIND).rule();
  }

  /**
   * Returns the value if it is within the bounds of this kind.
   *
   * @throws InvalidException with the field's name, the rule and what was given
   */
  default T checked(String name, T value) {
    Objects.requireNonNull(value, name);
    if (allows(value)) {
      return value;
    }
    throw InvalidException.of(name, rule() + " (got " + shown(value) + ")");
  }

  /** Returns a value in words for an error message, without content that may be secret. */
  default String shown(T value) {
    return value.toString();
  }

  /** Returns a string of any length. */
  static Text text() {
    return new Text(0, Integer.MAX_VALUE, null);
  }

  /** Returns a string of at most {@code max} characters. */
  static Text text(int max) {
    return new Text(0, max, null);
  }

  /** Returns a string that matches a pattern. */
  static Text pattern(String pattern) {
    Objects.requireNonNull(pattern, "pattern");
    return new Text(0, Integer.MAX_VALUE, pattern);
  }

  /** Returns a whole number within bounds. */
  static Whole whole(int min, int max) {
    return new Whole(min, max);
  }

  /** Returns a duration within bounds. */
  static Span span(Duration min, Duration max) {
    return new Span(min, max);
  }

  /** Returns a choice of words. */
  static Choice choice(String... words) {
    Objects.requireNonNull(words, "words");
    return new Choice(List.of(words));
  }

  /** Returns nested fields from which {@code reader} makes a value. */
  static <T> FieldGroup<T> group(FieldTable table, Function<FieldValues, @Nullable T> reader) {
    return new FieldGroup<>(table, reader);
  }

  /** Returns a list of strings. */
  static Texts texts(FieldKind<String> item, int min, int max) {
    return new Texts(item, min, max);
  }

  /**
   * A string.
   *
   * @param pattern a regular expression, matched anywhere unless anchored, or null for any
   */
  record Text(int min, int max, @Nullable String pattern) implements FieldKind<String> {
    @Override
    public @Nullable String read(FieldSource source, String name) {
      return source.text(name, this);
    }

    @Override
    public <R> R fold(FieldFold<R> fold) {
      return fold.text(this);
    }

    @Override
    public boolean allows(String value) {
      return min <= value.length()
          && value.length() <= max
          && (pattern == null || Pattern.compile(pattern).matcher(value).find());
    }

    @Override
    public String shown(String value) {
      return value.length() + " characters";
    }
  }

  /** A choice of words. */
  record Choice(List<String> words) implements FieldKind<String> {
    public Choice {
      Objects.requireNonNull(words, "words");
      words = List.copyOf(words);
    }

    @Override
    public @Nullable String read(FieldSource source, String name) {
      return source.choice(name, this);
    }

    @Override
    public <R> R fold(FieldFold<R> fold) {
      return fold.choice(this);
    }

    @Override
    public boolean allows(String value) {
      return words.contains(value);
    }
  }

  /** A whole number. */
  record Whole(int min, int max) implements FieldKind<Integer> {
    @Override
    public @Nullable Integer read(FieldSource source, String name) {
      return source.whole(name, this);
    }

    @Override
    public <R> R fold(FieldFold<R> fold) {
      return fold.whole(this);
    }

    @Override
    public boolean allows(Integer value) {
      return min <= value && value <= max;
    }
  }

  /** True or false. */
  record Flag() implements FieldKind<Boolean> {
    @Override
    public @Nullable Boolean read(FieldSource source, String name) {
      return source.flag(name);
    }

    @Override
    public <R> R fold(FieldFold<R> fold) {
      return fold.flag();
    }
  }

  /** A point in time. */
  record Time() implements FieldKind<Instant> {
    @Override
    public @Nullable Instant read(FieldSource source, String name) {
      return source.time(name);
    }

    @Override
    public <R> R fold(FieldFold<R> fold) {
      return fold.time();
    }
  }

  /** A duration; a text such as {@code 10s}. */
  record Span(Duration min, Duration max) implements FieldKind<Duration> {
    public Span {
      Objects.requireNonNull(min, "min");
      Objects.requireNonNull(max, "max");
    }

    @Override
    public @Nullable Duration read(FieldSource source, String name) {
      return source.span(name, this);
    }

    @Override
    public <R> R fold(FieldFold<R> fold) {
      return fold.span(this);
    }

    @Override
    public boolean allows(Duration value) {
      return min.compareTo(value) <= 0 && value.compareTo(max) <= 0;
    }

    @Override
    public String shown(Duration value) {
      return value.toNanosPart() % 1_000_000 == 0 ? DurationText.of(value) : value.toString();
    }
  }

  /** A list of {@code min} to {@code max} strings. */
  record Texts(FieldKind<String> item, int min, int max) implements FieldKind<List<String>> {
    public Texts {
      Objects.requireNonNull(item, "item");
    }

    @Override
    public @Nullable List<String> read(FieldSource source, String name) {
      return source.texts(name, this);
    }

    @Override
    public <R> R fold(FieldFold<R> fold) {
      return fold.texts(this);
    }

    @Override
    public boolean allows(List<String> value) {
      return min <= value.size() && value.size() <= max && value.stream().allMatch(item::allows);
    }

    @Override
    public String shown(List<String> value) {
      return Integer.toString(value.size());
    }
  }

  /** A map of strings with at most {@code max} entries. */
  record TextMap(int max) implements FieldKind<Map<String, String>> {
    @Override
    public @Nullable Map<String, String> read(FieldSource source, String name) {
      return source.textMap(name, this);
    }

    @Override
    public <R> R fold(FieldFold<R> fold) {
      return fold.textMap(this);
    }

    @Override
    public boolean allows(Map<String, String> value) {
      return value.size() <= max;
    }

    @Override
    public String shown(Map<String, String> value) {
      return Integer.toString(value.size());
    }
  }
}
