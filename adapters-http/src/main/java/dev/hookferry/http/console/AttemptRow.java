package dev.hookferry.http.console;

import dev.hookferry.delivery.Attempt;
import java.time.Instant;

/**
 * A line of the log.
 *
 * @param id of the attempt
 * @param delivery whose
 * @param look of its outcome
 * @param type of the event
 * @param url where it was sent
 * @param number from 1
 * @param at when
 * @param took how long
 * @param answer the status, or what failed
 */
record AttemptRow(
    String id,
    String delivery,
    Look look,
    String type,
    String url,
    int number,
    Moment at,
    String took,
    String answer) {
  static AttemptRow of(Attempt attempt, Instant now) {
    int status = attempt.outcome().statusCode();
    return new AttemptRow(
        attempt.id().toString(),
        attempt.delivery().toString(),
        Look.of(attempt.outcome().kind()),
        attempt.type().name(),
        attempt.url(),
        attempt.number(),
        Moment.of(attempt.startedAt(), now),
        Moment.length(attempt.outcome().took()),
        status == 0 ? attempt.outcome().detail() : Integer.toString(status));
  }
}
