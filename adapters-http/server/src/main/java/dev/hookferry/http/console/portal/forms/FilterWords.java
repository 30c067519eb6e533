package dev.hookferry.http.console.portal.forms;

import dev.hookferry.http.console.portal.forms.PhraseRules.Rule;
import dev.hookferry.http.words.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reasons why a filter expression cannot be parsed, in a customer's language. */
final class FilterWords {
  private static final String PLACE = " at line ([0-9]+), column ([0-9]+)";

  private static final PhraseRules RULES =
      new PhraseRules(
          List.of(
              Rule.of(
                  "must be valid JSON: expected .*; unexpected end of input" + PLACE,
                  "filter.ends"),
              Rule.of("must be valid JSON: expected (.*)" + PLACE, "filter.expected"),
              Rule.of(
                  "must end after the first JSON value; more text follows" + PLACE, "filter.more"),
              Rule.of("must (?:be valid JSON:|not contain a) .*" + PLACE, "filter.json"),
              Rule.of("must be a JSON object, such as (.*)", "filter.object"),
              Rule.of("must have at most ([0-9]+) bytes", "filter.bytes"),
              Rule.of("must not be a list; .*", "filter.list"),
              Rule.of("must be nested at most ([0-9]+) .*", "filter.deep"),
              Rule.of("appears twice", "filter.twice"),
              Rule.of("must not be an empty object; .*", "filter.empty"),
              Rule.of("must be an object that names a field", "filter.names"),
              Rule.of("must be a list of conditions", "filter.conditions"),
              Rule.of("must have at least one condition", "filter.condition"),
              Rule.of("must be names of fields with .*", "filter.dots"),
              Rule.of("must not have an operator after a dot", "filter.behind"),
              Rule.of("must be a path of at most ([0-9]+) names", "filter.path"),
              Rule.of("unknown operator (.*); .* a regular expression", "filter.regex"),
              Rule.of(
                  "unknown operator ([^;]*); use (.*) or ([^;]*); did you mean (.*)\\?",
                  "filter.operator-meant"),
              Rule.of("unknown operator ([^;]*); use (.*) or ([^;]*)", "filter.operator"),
              Rule.of("must be inside a field, such as (.*)", "filter.field"),
              Rule.of("must be a string, a number, true, false or null", "filter.scalar"),
              Rule.of("must be a number or a string", "filter.ordered"),
              Rule.of(
                  "must be a list of strings, .*; use .* of a string", "filter.values-contains"),
              Rule.of("must be a list of strings, .*", "filter.values"),
              Rule.of("must be true or false", "filter.flag"),
              Rule.of("must be a string", "filter.text"),
              Rule.of("exceeds the limit of ([0-9]+) clauses per filter", "filter.clauses"),
              Rule.of("must have a value; .* of “(.*)”", "filter.row-value"),
              Rule.of(
                  "must have closing quotation marks in the value .* of “(.*)”",
                  "filter.row-quote"),
              Rule.of("must have a field in each row", "filter.row-field"),
              Rule.of("must have one of the listed operators", "filter.row-operator"),
              Rule.of("must be either rows or JSON, not both; .*", "filter.row-both"),
              Rule.of("must not have the same operator twice for “(.*)”", "filter.row-again")),
          FilterWords::part);

  /** The keys of the tokens that JSON requires at a position. */
  private static final Map<String, String> EXPECTED =
      Map.of(
          "a JSON value", "filter.json-value",
          "a member name in double quotes", "filter.json-name",
          "':' after a member name", "filter.json-colon",
          "',' or '}' after a member", "filter.json-member",
          "',' or ']' after an element", "filter.json-element",
          "the closing quote of a string", "filter.json-quote",
          "a digit", "filter.json-digit",
          "four hexadecimal digits after \\u", "filter.json-hex",
          "a JSON escape after a backslash", "filter.json-escape");

  private FilterWords() {}

  /** Returns a reason in a visitor's language; empty if it is not about a filter. */
  static Optional<String> of(String reason, Words words) {
    return RULES.translated(reason, words);
  }

  private static Object part(String text, Words words) {
    String key = EXPECTED.get(text);
    if (key != null) {
      return words.text(key);
    }
    return text.matches("[0-9]{1,9}") ? words.number(Long.parseLong(text)) : text;
  }
}
