package dev.hookferry.http.console.portal.forms;

import dev.hookferry.http.words.Words;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Rules that translate the core's English texts, recognized by pattern, to a visitor's language.
 */
final class PhraseRules {
  private final List<Rule> rules;
  private final BiFunction<String, Words, Object> part;

  /**
   * Creates rules, of which the first match applies.
   *
   * @param part translates a part of the English text
   */
  PhraseRules(List<Rule> rules, BiFunction<String, Words, Object> part) {
    this.rules = List.copyOf(rules);
    this.part = part;
  }

  /**
   * A pattern of a text.
   *
   * @param english the pattern of the whole text; its groups are the parts of the translation
   * @param key the key of the translated text
   */
  record Rule(Pattern english, String key) {
    static Rule of(String english, String key) {
      return new Rule(Pattern.compile(english), key);
    }
  }

  /** Returns a text in a visitor's language; empty if no rule matches. */
  Optional<String> translated(String english, Words words) {
    for (Rule rule : rules) {
      Matcher matcher = rule.english().matcher(english);
      if (matcher.matches()) {
        return Optional.of(words.text(rule.key(), parts(matcher, words)));
      }
    }
    return Optional.empty();
  }

  private Object[] parts(Matcher matcher, Words words) {
    return IntStream.rangeClosed(1, matcher.groupCount())
        .mapToObj(i -> part.apply(matcher.group(i), words))
        .toArray();
  }
}
