package dev.hookferry.http.console.frame;

import dev.hookferry.http.console.text.FormAdvice;
import dev.hookferry.refusal.Problem;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Messages to show beside form fields. */
public final class FieldErrors {
  private FieldErrors() {}

  /** Turns a phrase into a sentence. */
  public static String sentence(String phrase) {
    return phrase.substring(0, 1).toUpperCase(Locale.ROOT) + phrase.substring(1) + ".";
  }

  /** Returns the message for a field or a part of it; empty if there is none. */
  public static String with(String field, List<Problem> problems) {
    return problems.stream()
        .filter(p -> p.field().equals(field) || p.field().startsWith(field + "["))
        .map(FormAdvice::beside)
        .collect(Collectors.joining(" "));
  }
}
