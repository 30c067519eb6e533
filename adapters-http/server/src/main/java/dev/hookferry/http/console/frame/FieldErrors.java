package dev.hookferry.http.console.frame;

import dev.hookferry.http.console.text.FieldLabels;
import dev.hookferry.refusal.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Messages to show beside form fields. */
public final class FieldErrors {
  private static final Pattern PREDICATE = Pattern.compile("(?:must|is|has|cannot|may) ");

  private FieldErrors() {}

  /** Turns a phrase into a sentence. */
  public static String sentence(String phrase) {
    return phrase.substring(0, 1).toUpperCase(Locale.ROOT) + phrase.substring(1) + ".";
  }

  /** Turns a problem into a sentence whose subject is the field's label, if it has one. */
  private static String sentence(Problem problem) {
    String reason = FieldLabels.reason(problem);
    String label = FieldLabels.label(problem, Map.of());
    boolean hasLabel = !label.isEmpty() && !label.equals(problem.field());
    return hasLabel && PREDICATE.matcher(reason).lookingAt()
        ? label + " " + reason + "."
        : sentence(reason);
  }

  /** Returns the message for a field or a part of it; empty if there is none. */
  public static String with(String field, List<Problem> problems) {
    return problems.stream()
        .filter(p -> p.field().equals(field) || p.field().startsWith(field + "["))
        .map(FieldErrors::sentence)
        .collect(Collectors.joining(" "));
  }
}
