package dev.hookferry.http.console.portal.forms;

import dev.hookferry.http.console.text.FieldLabels;
import dev.hookferry.http.words.Words;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.RefusedException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The problems of a form, by field.
 *
 * @param lines the problems, in the order in which they were found
 */
public record FormProblems(List<Line> lines) {
  /** No problems. */
  public static final FormProblems NONE = new FormProblems(List.of());

  /** Labels of fields, by their names on the server. */
  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("url", "column.url"),
          Map.entry("eventTypes", "column.types"),
          Map.entry("description", "column.name"),
          Map.entry("headers", "column.headers"),
          Map.entry("filter", "column.filter"),
          Map.entry("q", "deliveries.search"),
          Map.entry("data", "deliveries.search"),
          Map.entry("event", "deliveries.search"),
          Map.entry("status", "column.status"),
          Map.entry("type", "column.type"),
          Map.entry("endpoint", "column.endpoint"),
          Map.entry("code", "deliveries.code"),
          Map.entry("range", "deliveries.range"),
          Map.entry("since", "deliveries.since"),
          Map.entry("until", "deliveries.until"),
          Map.entry("received", "verify.headers"),
          Map.entry("perSecond", "resume.rate"),
          Map.entry("hours", "rotate.ends"),
          Map.entry("secret", "verify.your-secret"));

  private static final String HEADER = "headers.";
  private static final String FILTER = "filter.";

  /** Ids of fields whose names differ from the server's. */
  private static final Map<String, String> IDS =
      Map.of("eventTypes", "types", "data", "q", "event", "q", "received", "headers");

  /** Ids of the fields of an endpoint, in the order of its form. */
  private static final List<String> ORDER =
      List.of("url", "description", "types", "headers", "filter");

  /**
   * A problem.
   *
   * @param id the id of the field on the page; empty if the problem belongs to no field
   * @param label its label; empty if the problem belongs to no field
   * @param reason the rule that is violated, as a sentence
   * @param lang the language of the reason; null for that of the page
   */
  public record Line(String id, String label, String reason, @Nullable String lang) {}

  /**
   * Returns problems.
   *
   * @param said sentences in the visitor's language that replace reasons, by field
   */
  public static FormProblems of(List<Problem> problems, Words words, Map<String, String> said) {
    return new FormProblems(
        problems.stream().map(one -> line(one, words, said)).distinct().toList());
  }

  private static Line line(Problem problem, Words words, Map<String, String> said) {
    String field = problem.field().replaceFirst("[.\\[].*", "");
    String label = LABELS.get(field);
    String reason = FieldLabels.reason(problem);
    String own =
        said.containsKey(field) ? said.get(field) : ProblemWords.of(reason, words).orElse(null);
    String name = named(problem.field());
    return new Line(
        label == null ? "" : IDS.getOrDefault(field, field),
        label == null ? field : words.text(label),
        sentence(name, own == null ? reason : own, words),
        own == null && !words.tag().startsWith("en") ? "en" : null);
  }

  /** Returns a reason as a sentence, preceded by the name that it is about, if any. */
  private static String sentence(String name, String reason, Words words) {
    String begun =
        name.isEmpty()
            ? reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1)
            : words.text("form.labelled", name, reason);
    return begun.matches("(?s).*[.!?…]") ? begun : begun + ".";
  }

  /**
   * Returns the header or the part of a filter that a problem is about; empty if it is about
   * neither.
   */
  private static String named(String field) {
    return Stream.of(HEADER, FILTER)
        .filter(field::startsWith)
        .map(start -> field.substring(start.length()))
        .findFirst()
        .orElse("");
  }

  /** Returns a refusal in a visitor's language, with the names of its fields. */
  public static String said(RefusedException refusal, Words words) {
    if (refusal instanceof InvalidException invalid) {
      return of(invalid.problems(), words, Map.of()).lines().stream()
          .map(
              line ->
                  line.label().isEmpty()
                      ? line.reason()
                      : words.text("form.labelled", line.label(), line.reason()))
          .collect(Collectors.joining(" "));
    }
    String text = String.valueOf(refusal.getMessage());
    return ProblemWords.of(text, words).orElse(text);
  }

  /** Sorts problems by the order of the form of an endpoint. */
  public FormProblems inOrder() {
    return new FormProblems(
        lines.stream().sorted(Comparator.comparing(line -> ORDER.indexOf(line.id()))).toList());
  }

  /** Moves the problems of one field to another position. */
  public FormProblems moved(String from, String to) {
    return new FormProblems(
        lines.stream()
            .map(
                line ->
                    line.id().equals(from)
                        ? new Line(to, line.label(), line.reason(), line.lang())
                        : line)
            .toList());
  }

  /** Returns whether there are no problems. */
  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Returns the problems of a field, by its id. */
  public List<Line> at(String id) {
    return lines.stream().filter(line -> line.id().equals(id)).toList();
  }

  /** Returns {@code true} if a field has problems, or else null. */
  public @Nullable String invalid(String id) {
    return at(id).isEmpty() ? null : "true";
  }

  /**
   * Returns the ids of the elements that describe a field: its problems and its help; null if there
   * are none.
   */
  public @Nullable String describedBy(String id, String help) {
    String all = at(id).isEmpty() ? help : (id + "-error " + help).strip();
    return all.isEmpty() ? null : all;
  }

  /** Returns the problems of a field in one line. */
  public String text(String id) {
    return at(id).stream().map(Line::reason).collect(Collectors.joining(" "));
  }
}
