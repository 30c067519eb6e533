package dev.hookferry.http.console;

import dev.hookferry.SentRequest;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt with all that is known of it.
 *
 * @param number from 1
 * @param id of the attempt
 * @param look of its outcome
 * @param at when it was sent
 * @param took how long it took
 * @param error what failed, in the transport's words
 * @param advice what that means and what to do
 * @param sent the head of the request, or empty if the endpoint is gone
 * @param curl the request as a command
 * @param signatures how each signature is made
 * @param answer the response as text, or empty if there was none
 */
record AttemptView(
    int number,
    String id,
    Look look,
    Moment at,
    String took,
    String error,
    String advice,
    String sent,
    String curl,
    List<String> signatures,
    String answer) {
  static AttemptView of(Attempt attempt, Optional<SentRequest> sent, Instant now) {
    return new AttemptView(
        attempt.number(),
        attempt.id().toString(),
        Look.of(attempt.outcome().kind()),
        Moment.of(attempt.startedAt(), now),
        Moment.length(attempt.outcome().took()),
        attempt.outcome().detail(),
        Advice.of(attempt.outcome()),
        sent.map(RequestText::head).orElse(""),
        sent.map(RequestText::curl).orElse(""),
        sent.map(RequestText::signatures).orElse(List.of()),
        answer(attempt.outcome().response()));
  }

  private static String answer(@Nullable Response response) {
    if (response == null) {
      return "";
    }
    List<String> lines = new ArrayList<>();
    lines.add("HTTP " + response.status());
    if (response.contentType() != null) {
      lines.add("Content-Type: " + response.contentType());
    }
    if (response.retryAfter() != null) {
      lines.add("Retry-After: " + response.retryAfter());
    }
    lines.add("");
    lines.add(response.body().text());
    if (response.truncated()) {
      lines.add("… (cut after 16 KiB)");
    }
    return String.join("\n", lines);
  }
}
