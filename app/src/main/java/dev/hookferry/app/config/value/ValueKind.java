package dev.hookferry.app.config.value;

import dev.hookferry.refusal.InvalidException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A kind of configuration value with its parser.
 *
 * @param label the value's name in help texts, such as {@code N}
 * @param shape a description of valid values, to follow "must be"
 * @param kind how many strings make a value
 * @param reader parses the strings; throws {@link InvalidException} or {@link
 *     IllegalArgumentException} if they are invalid
 */
public record ValueKind<T>(
    String label, String shape, Kind kind, Function<List<String>, T> reader) {
  /** The number of strings that form a value. */
  public enum Kind {
    /** Exactly one. */
    ONE,
    /** True or false; a flag without a value means true. */
    SWITCH,
    /** Any number. */
    LIST,
    /** Any number; a flag without a value means true. */
    LIST_OR_SWITCH,
    /** Any number of JDBC URLs, which may contain commas. */
    URLS,
    /** Any number of objects, which begin with {@code name=} and may contain commas. */
    OBJECTS
  }

  /** Returns the regular expression of the separator between the elements of a list. */
  public String separator() {
    return switch (kind) {
      case URLS -> ",(?=\\s*jdbc:)";
      case OBJECTS -> ",(?=\\s*name=)";
      default -> ",";
    };
  }

  /** Parses a value; the message of the exception does not include the key's name. */
  public T read(List<String> texts) {
    String wrong = "must be " + shape + " (got " + SecretText.masked(texts) + ")";
    if (!isList() && texts.size() != 1) {
      throw InvalidException.of("", wrong);
    }
    try {
      return reader.apply(texts);
    } catch (InvalidException e) {
      throw InvalidException.of("", e.problems().get(0).reason());
    } catch (IllegalArgumentException e) {
      throw InvalidException.of("", wrong);
    }
  }

  public boolean isList() {
    return kind != Kind.ONE && kind != Kind.SWITCH;
  }

  public boolean isSwitch() {
    return kind == Kind.SWITCH || kind == Kind.LIST_OR_SWITCH;
  }

  public static <T> ValueKind<T> one(String label, String shape, Function<String, T> reader) {
    return new ValueKind<>(label, shape, Kind.ONE, texts -> reader.apply(texts.get(0)));
  }

  public static <T> ValueKind<List<T>> list(
      String label, String shape, Function<String, T> reader) {
    return new ValueKind<>(label, shape, Kind.LIST, texts -> texts.stream().map(reader).toList());
  }

  public static ValueKind<String> text(String label, String shape) {
    return one(label, shape, text -> text);
  }

  /** Returns a kind of short strings without control characters. */
  public static ValueKind<String> line(String label, String shape, int maxLength) {
    return one(
        label,
        shape + " of at most " + maxLength + " characters on one line",
        text -> {
          require(text.length() <= maxLength && text.chars().noneMatch(Character::isISOControl));
          return text;
        });
  }

  public static ValueKind<Integer> number(int from, int to) {
    return one(
        "N",
        "a number from " + from + " to " + to,
        text -> {
          int value = Integer.parseInt(text);
          require(value >= from && value <= to);
          return value;
        });
  }

  public static ValueKind<Boolean> toggle() {
    return new ValueKind<>("BOOL", "true or false", Kind.SWITCH, texts -> bool(texts.get(0)));
  }

  public static <E extends Enum<E>> ValueKind<E> word(Class<E> type) {
    List<String> words = Stream.of(type.getEnumConstants()).map(ValueKind::word).toList();
    String all = String.join(", ", words.subList(0, words.size() - 1));
    return one(
        "WORD",
        all + " or " + words.get(words.size() - 1),
        text -> {
          require(words.contains(text));
          return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        });
  }

  static boolean bool(String text) {
    require(text.equals("true") || text.equals("false"));
    return text.equals("true");
  }

  public static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException();
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
