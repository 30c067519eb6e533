package dev.hookferry.http.console.frame;

import dev.hookferry.refusal.Problem;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is to be said beside a field of a form. */
public final class FieldErrors {
  private FieldErrors() {}

  /** A phrase as a sentence. */
  public static String sentence(String phrase) {
    return phrase.substring(0, 1).toUpperCase(Locale.ROOT) + phrase.substring(1) + ".";
  }

  /** What is wrong with a field, or with a part of it; an empty text if nothing is. */
  public static String with(String field, List<Problem> problems) {
    return problems.stream()
        .filter(p -> p.field().equals(field) || p.field().startsWith(field + "["))
        .map(Problem::reason)
        .collect(Collectors.joining("; "));
  }
}
