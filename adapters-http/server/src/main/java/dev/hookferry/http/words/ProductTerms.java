package dev.hookferry.http.words;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts in which a product's own terms replace Hookferry's. These are separate sentences, because
 * articles and adjectives depend on a noun's gender in German and French. Immutable.
 */
final class ProductTerms {
  /** No replacements. */
  static final ProductTerms NONE = new ProductTerms(Locale.ENGLISH, Map.of());

  private static final Map<String, Map<String, String>> ALL = Words.read("own_");
  private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z]+)}");
  private static final List<String> NAMES =
      List.of("webhook", "webhooks", "endpoint", "endpoints", "event", "events");

  private final Locale locale;
  private final Map<String, String> words;

  private ProductTerms(Locale locale, Map<String, String> words) {
    this.locale = locale;
    this.words = words;
  }

  /**
   * Returns the terms for a language.
   *
   * @param configured terms by name; a name may begin with a language, as in {@code de.endpoint}
   */
  static ProductTerms of(Locale locale, Map<String, String> configured) {
    Map<String, String> words = new LinkedHashMap<>();
    for (String name : NAMES) {
      String usual = configured.get(name);
      String own = configured.getOrDefault(locale.getLanguage() + "." + name, usual);
      if (own != null) {
        words.put(name, own);
      }
    }
    return words.isEmpty() ? NONE : new ProductTerms(locale, words);
  }

  /** Returns the text with the product's terms; empty if it contains none of them. */
  Optional<String> text(String key) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    String text = all(locale.getLanguage()).get(key);
    return Optional.ofNullable(text).filter(this::isMeant).map(this::filled);
  }

  private boolean isMeant(String text) {
    List<String> names = PLACE.matcher(text).results().map(place -> name(place.group(1))).toList();
    return names.isEmpty() || names.stream().anyMatch(words::containsKey);
  }

  private String name(String place) {
    return place.toLowerCase(Locale.ROOT);
  }

  private String filled(String text) {
    return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(word(place.group(1))));
  }

  private String word(String place) {
    String name = name(place);
    String usual = Objects.requireNonNull(all(locale.getLanguage()).get("word." + name), name);
    String word = words.getOrDefault(name, usual);
    return place.equals(name) ? word : word.substring(0, 1).toUpperCase(locale) + word.substring(1);
  }

  /** Returns all texts of a language by key. */
  static Map<String, String> all(String language) {
    return Objects.requireNonNull(ALL.get(language));
  }
}
