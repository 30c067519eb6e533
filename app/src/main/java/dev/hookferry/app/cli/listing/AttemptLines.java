package dev.hookferry.app.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Formats attempts as lines of text. */
public final class AttemptLines {
  private static final String INDENT = "    ";
  private static final int MAX_BODY = 500;

  /** Start of an error text that only repeats the status. */
  private static final String RESPONDED = "the receiver responded with ";

  private static final Map<String, String> PARTS = parts();

  private AttemptLines() {}

  private static Map<String, String> parts() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("waitingMillis", "waited");
    words.put("dnsMillis", "dns");
    words.put("connectMillis", "connect");
    words.put("proxyMillis", "proxy");
    words.put("tlsMillis", "tls");
    words.put("firstByteMillis", "first byte");
    words.put("restMillis", "rest");
    return words;
  }

  /**
   * Returns one line with time, event type, attempt number, outcome, duration, delivery and URL;
   * without the delivery if the attempt does not name it, such as for a test.
   */
  public static String line(JsonNode attempt) {
    String delivery = TableListing.text(attempt.path("delivery"));
    String line =
        String.format(
            "%s  %-18s  attempt %-2d  %-15s  %5d ms  %s%s",
            attempt.path("startedAt").asText(),
            attempt.path("eventType").asText(),
            attempt.path("number").asInt(),
            outcome(attempt),
            attempt.path("durationMillis").asLong(),
            delivery.isEmpty() ? "" : delivery + "  ",
            attempt.path("url").asText());
    String error = TableListing.text(attempt.path("error"));
    return error.isEmpty() ? line : line + "  " + error;
  }

  /** Returns a copy without the delivery's id, for output where it is obvious or not stored. */
  public static JsonNode alone(JsonNode attempt) {
    return ((ObjectNode) attempt.deepCopy()).without("delivery");
  }

  /** Returns the line, followed by the timing, the response headers and the response body. */
  public static List<String> details(JsonNode attempt) {
    List<String> lines = new ArrayList<>();
    lines.add(line(attempt));
    JsonNode timing = attempt.path("timing");
    if (timing.isObject()) {
      String egress = TableListing.text(attempt.path("egress"));
      lines.add(INDENT + (egress.isEmpty() ? "" : "egress " + egress + ": ") + timing(timing));
    }
    for (JsonNode header : attempt.path("responseHeaders")) {
      lines.add(INDENT + header.path("name").asText() + ": " + header.path("value").asText());
    }
    String body = attempt.path("response").path("body").asText().strip();
    if (!body.isEmpty()) {
      String cut = body.length() <= MAX_BODY ? body : body.substring(0, MAX_BODY) + "…";
      lines.add(INDENT + "response: " + cut);
    }
    return lines;
  }

  /**
   * Returns a short line with the attempt's number and its outcome, such as {@code attempt 3: HTTP
   * 200 after 41 ms}.
   */
  public static String result(JsonNode attempt) {
    String status = TableListing.text(attempt.path("statusCode"));
    String error = TableListing.text(attempt.path("error"));
    return "attempt %d%s: %s after %d ms%s"
        .formatted(
            attempt.path("number").asInt(),
            isSuccess(attempt) ? "" : " failed",
            status.isEmpty() ? attempt.path("outcome").asText() : "HTTP " + status,
            attempt.path("durationMillis").asLong(),
            error.isEmpty() || error.equals(RESPONDED + status) ? "" : ": " + error);
  }

  /** Returns the server's advice on a failed attempt; empty if there is none. */
  public static Optional<String> advice(JsonNode attempt) {
    return Optional.of(TableListing.text(attempt.path("advice")))
        .filter(text -> !text.isEmpty())
        .map(text -> INDENT + "advice: " + text);
  }

  /** Returns whether the attempt delivered its event. */
  public static boolean isSuccess(JsonNode attempt) {
    return attempt.path("outcome").asText().equals("delivered");
  }

  private static String timing(JsonNode timing) {
    List<String> parts = new ArrayList<>();
    PARTS.forEach(
        (field, word) -> {
          if (timing.path(field).isNumber()) {
            double millis = timing.path(field).asDouble();
            parts.add(String.format(Locale.ROOT, "%s %.3f ms", word, millis));
          }
        });
    return String.join(", ", parts);
  }

  /** Returns the outcome, with the status code if there was a response. */
  public static String outcome(JsonNode attempt) {
    String status = TableListing.text(attempt.path("statusCode"));
    String outcome = attempt.path("outcome").asText();
    return status.isEmpty() ? outcome : outcome + " " + status;
  }
}
