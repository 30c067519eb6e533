package dev.hookferry.http.console;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    String answer) {
  static AttemptView of(Attempt attempt, Instant now) {
    return new AttemptView(
        attempt.number(),
        attempt.id().toString(),
        Look.of(attempt.outcome().kind()),
        Moment.of(attempt.startedAt(), now),
        Moment.length(attempt.outcome().took()),
        attempt.outcome().detail(),
        Advice.of(attempt.outcome()),
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
