package dev.hookferry.http.console.text;

import dev.hookferry.refusal.Problem;
import java.util.Map;

/** Names fields in error messages as the forms do. */
public final class FieldLabels {
  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("url", "URL"),
          Map.entry("eventTypes", "Event types"),
          Map.entry("description", "Name"),
          Map.entry("maxRetries", "Retries"),
          Map.entry("retry.maxRetries", "Retries"),
          Map.entry("interval", "Seconds between retries"),
          Map.entry("retry.intervalSeconds", "Seconds between retries"),
          Map.entry("retry.schedule", "Schedule"),
          Map.entry("schedule", "Schedule"),
          Map.entry("timeout", "Timeout"),
          Map.entry("headers", "Headers"),
          Map.entry("filter", "Filter"),
          Map.entry("labels", "Labels"),
          Map.entry("endpoint", "Endpoint"),
          Map.entry("data", "Data"),
          Map.entry("since", "Since"),
          Map.entry("until", "Until"),
          Map.entry("status", "Status"),
          Map.entry("type", "Event type"),
          Map.entry("code", "HTTP"),
          Map.entry("metadata", "Metadata"),
          Map.entry("subject", "User"),
          Map.entry("name", "Name"),
          Map.entry("scopes", "Permissions"),
          Map.entry("id", "Id"),
          Map.entry("site", "Site"),
          Map.entry("sessionMinutes", "Sign out after"),
          Map.entry("successStatuses", "Success statuses"));

  private FieldLabels() {}

  /** Returns a problem as a sentence that begins with the label of its field. */
  public static String text(Problem problem) {
    String field = problem.field();
    int part = field.indexOf('[');
    String label = LABELS.getOrDefault(part < 0 ? field : field.substring(0, part), field);
    return label.isEmpty() ? reason(problem) : label + ": " + reason(problem);
  }

  /** Returns the rule that is violated, without codes for programs. */
  public static String reason(Problem problem) {
    return problem.reason().replaceFirst(" \\([a-z]+_[a-z_]+\\)$", "").replace("U+0020", "a space");
  }
}
