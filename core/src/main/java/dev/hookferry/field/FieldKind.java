package dev.hookferry.field;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The type of a field's values, with their bounds.
 *
 * @param <T> the Java type of a value
 */
public sealed interface FieldKind<T> {
  /**
   * Reads the value of a field; null if it is absent, or if it is invalid and the source has added
   * a problem.
   */
  @Nullable T read(FieldSource source, String name);

  /** Calls the fold's method for this kind. */
  <R> R fold(FieldFold<R> fold);

  /** Returns a string of any length. */
  static Text text() {
    return new Text(0, Integer.MAX_VALUE, null);
  }

  /** Returns a string of at most {@code max} characters. */
  static Text text(int max) {
    return new Text(0, max, null);
  }

  /** Returns a string that fully matches a pattern. */
  static Text pattern(String pattern) {
    Objects.requireNonNull(pattern, "pattern");
    return new Text(0, Integer.MAX_VALUE, pattern);
  }

  /** Returns a whole number within bounds. */
  static Whole whole(int min, int max) {
    return new Whole(min, max);
  }

  /** Returns a choice of words. */
  static Choice choice(String... words) {
    Objects.requireNonNull(words, "words");
    return new Choice(List.of(words));
  }

  /** Returns a list of strings. */
  static Texts texts(FieldKind<String> item, int min, int max) {
    return new Texts(item, min, max);
  }

  /**
   * A string.
   *
   * @param pattern a regular expression for the whole string, or null for any
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
  }

  /** A choice of words. */
  record Choice(List<String> words) implements FieldKind<String> {
    public Choice {
      Objects.requireNonNull(words, "words");
      words = List.copyOf(words);
    }

    /** Returns the rule in words: {@code must be a, b or c}. */
    public String rule() {
      int last = words.size() - 1;
      return "must be " + String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    @Override
    public @Nullable String read(FieldSource source, String name) {
      return source.choice(name, this);
    }

    @Override
    public <R> R fold(FieldFold<R> fold) {
      return fold.choice(this);
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
  }

  /** Nested fields. */
  record Group(FieldTable table) implements FieldKind<FieldValues> {
    public Group {
      Objects.requireNonNull(table, "table");
    }

    @Override
    public @Nullable FieldValues read(FieldSource source, String name) {
      return source.group(name, table);
    }

    @Override
    public <R> R fold(FieldFold<R> fold) {
      return fold.group(this);
    }
  }
}
