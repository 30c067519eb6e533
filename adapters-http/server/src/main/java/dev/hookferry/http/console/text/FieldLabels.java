package dev.hookferry.http.console.text;

import dev.hookferry.refusal.Problem;
import java.util.Map;

/** Labels of fields in error messages, matching the forms. */
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
          Map.entry("successStatuses", "Success statuses"),
          Map.entry("schema", "JSON Schema"),
          Map.entry("example", "Example"),
          Map.entry("policy", "If data violates the schema"),
          Map.entry("retry.interval", "Seconds between retries"),
          Map.entry("backoff", "Back-off"),
          Map.entry("rate", "Rate"),
          Map.entry("concurrency", "Concurrent requests"),
          Map.entry("order", "Order"),
          Map.entry("onExhaustion", "When no retries are left"),
          Map.entry("body", "Body"),
          Map.entry("signatures", "Signatures"),
          Map.entry("secret", "Secret"),
          Map.entry("qlmSecret", "QLM key"),
          Map.entry("auth", "Authentication"),
          Map.entry("clientCertificate", "Client certificate"),
          Map.entry("trustedCa", "Trusted certificates"),
          Map.entry("egress", "Egress"),
          Map.entry("retry", "Retries"),
          Map.entry("disabledReason", "Reason"),
          Map.entry("urlFrom", "URL set by"),
          Map.entry("count", "Number"),
          Map.entry("uid", "Uid"));

  /** Ids of inputs whose names differ from their field's. */
  private static final Map<String, String> INPUTS =
      Map.of(
          "eventTypes", "patterns",
          "clientCertificate", "certificate",
          "body", "bodyFormat",
          "scopes", "name");

  private FieldLabels() {}

  /** Returns a problem as a sentence that begins with the label of its field. */
  public static String text(Problem problem) {
    String label = label(problem, Map.of());
    return label.isEmpty() ? reason(problem) : label + ": " + reason(problem);
  }

  /**
   * Returns the label of a problem's field; empty if it has no field.
   *
   * @param own labels of this form only, by field
   */
  public static String label(Problem problem, Map<String, String> own) {
    String field = whole(problem);
    String label = own.getOrDefault(field, LABELS.get(field));
    int inside = problem.field().indexOf('/');
    if (label == null) {
      return problem.field();
    }
    return inside < 0 ? label : label + " " + problem.field().substring(inside);
  }

  /** Returns the id of the input that a problem is about; empty if it has no field. */
  public static String input(Problem problem) {
    String field = whole(problem);
    String name = field.substring(field.lastIndexOf('.') + 1);
    return INPUTS.getOrDefault(field, name);
  }

  /** Returns the field without the place in a list or a document. */
  private static String whole(Problem problem) {
    return problem.field().replaceFirst("[\\[/].*", "");
  }

  /** Returns the rule that is violated, without codes for programs. */
  public static String reason(Problem problem) {
    return problem.reason().replaceFirst(" \\([a-z]+_[a-z_]+\\)$", "").replace("U+0020", "a space");
  }
}
