package dev.hookferry.body;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The functions of {@link BodyTemplate templates}. */
public enum TemplateFunction {
  /** A value of the event. */
  POINTER(
      "$pointer",
      "pointer",
      "The value of the event that a JSON Pointer leads to, as it was published; null if there is"
          + " none."),
  /** A value of the current element of {@link #MAP}. */
  ITEM(
      "$item",
      "pointer",
      "Within $map: the value of the element that a JSON Pointer leads to, or the element itself if"
          + " the pointer is empty; null if there is none."),
  /** JSON taken literally. */
  LITERAL("$literal", "value", "The value as it stands, even if it looks like a function."),
  /** The first value that is not null. */
  DEFAULT("$default", "[value, …]", "The first value that is not null; null if all are."),
  /** One of two values, chosen by a condition. */
  IF(
      "$if",
      "[condition, then, else]",
      "The second value, or the third one if the condition is null, false or an empty string."
          + " Without a third value, that is null."),
  /** Comparison of two values. */
  EQUALS(
      "$equals",
      "[value, value]",
      "Whether both values are equal: numbers by their value, objects and arrays as they are"
          + " written."),
  /** An array with a value for each element. */
  MAP(
      "$map",
      "[array, template]",
      "An array with the result of the template for each element; null if the first value is not"
          + " an array."),
  /** Concatenation of values. */
  CONCAT("$concat", "[value, …]", "All values in one string; null adds nothing."),
  /** Elements of an array joined by a separator. */
  JOIN(
      "$join",
      "[array, separator]",
      "The elements of an array in one string, without those that are null; null if the first value"
          + " is not an array."),
  /** A value as a string. */
  STRING("$string", "value", "The value as a string: a number or object as it is written."),
  /** A string as a number. */
  NUMBER(
      "$number",
      "value",
      "The number that a string contains, with all its digits; null if it contains anything else."),
  /** A string in upper case. */
  UPPER("$upper", "value", "The value as a string in upper case."),
  /** A string in lower case. */
  LOWER("$lower", "value", "The value as a string in lower case."),
  /** A truncated string. */
  TRUNCATE(
      "$truncate",
      "[value, length]",
      "The value as a string of at most this many characters, ending in … if it was cut."),
  /** A time in another format. */
  DATE(
      "$date",
      "[time, form]",
      "A time in UTC as iso, date, time, unix (seconds), unix-ms or a pattern such as dd.MM.yyyy"
          + " HH:mm. Reads ISO 8601 with or without offset and Unix seconds; null for anything"
          + " else.");

  private final String symbol;
  private final String arguments;
  private final String help;

  TemplateFunction(String symbol, String arguments, String help) {
    this.symbol = symbol;
    this.arguments = arguments;
    this.help = help;
  }

  /** Returns its name in templates, such as {@code $upper}. */
  public String symbol() {
    return symbol;
  }

  /** Returns the form of its argument, such as {@code [array, separator]}. */
  public String arguments() {
    return arguments;
  }

  /** Returns a sentence about its result. */
  public String help() {
    return help;
  }

  /** Returns the function with this name; empty if there is none. */
  static Optional<TemplateFunction> of(String symbol) {
    Objects.requireNonNull(symbol, "symbol");
    return Stream.of(values()).filter(each -> each.symbol.equals(symbol)).findFirst();
  }

  static List<String> symbols() {
    return Stream.of(values()).map(TemplateFunction::symbol).toList();
  }
}
