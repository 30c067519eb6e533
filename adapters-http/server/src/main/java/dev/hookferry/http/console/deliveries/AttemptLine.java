package dev.hookferry.http.console.deliveries;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.words.DisplayTime;
import java.time.Instant;

/**
 * An attempt in the list of a delivery's attempts.
 *
 * @param number from 1
 * @param look the outcome
 * @param code the status of the response, or an empty text
 * @param chosen whether it is the one that is shown in full
 */
public record AttemptLine(
    int number,
    String id,
    StatePill look,
    String code,
    DisplayTime at,
    String took,
    boolean chosen) {
  static AttemptLine of(Attempt attempt, Attempt chosen, Instant now) {
    int status = attempt.outcome().statusCode();
    return new AttemptLine(
        attempt.number(),
        attempt.id().toString(),
        StatePill.of(attempt.outcome()),
        status == 0 ? "" : Integer.toString(status),
        DisplayTime.of(attempt.startedAt(), now),
        DisplayTime.length(attempt.outcome().took()),
        attempt.equals(chosen));
  }
}
