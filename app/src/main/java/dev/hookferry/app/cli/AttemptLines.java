package dev.hookferry.app.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** Attempts as lines of the log. */
final class AttemptLines {
  private AttemptLines() {}

  /** When, what, where to, which attempt, how it ended. */
  static String line(JsonNode attempt) {
    String line =
        String.format(
            "%s  %-18s  attempt %-2d  %-15s  %5d ms  %s",
            attempt.path("startedAt").asText(),
            attempt.path("eventType").asText(),
            attempt.path("number").asInt(),
            outcome(attempt),
            attempt.path("durationMillis").asLong(),
            attempt.path("url").asText());
    String error = Listing.text(attempt.path("error"));
    return error.isEmpty() ? line : line + "  " + error;
  }

  /** The outcome, with the status where the receiver gave one. */
  static String outcome(JsonNode attempt) {
    String status = Listing.text(attempt.path("statusCode"));
    String outcome = attempt.path("outcome").asText();
    return status.isEmpty() ? outcome : outcome + " " + status;
  }
}
