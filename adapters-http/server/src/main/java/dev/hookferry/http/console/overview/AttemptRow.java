package dev.hookferry.http.console.overview;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.words.DisplayTime;
import java.time.Instant;

/**
 * An attempt in a list.
 *
 * @param id the attempt's id
 * @param delivery the delivery's id
 * @param look the outcome
 * @param type the event type
 * @param name the name of its endpoint; the URL if it has none
 * @param url where it was sent
 * @param number from 1
 * @param at when it was sent
 * @param took duration
 * @param response the status code, or the failure
 */
public record AttemptRow(
    String id,
    String delivery,
    StatePill look,
    String type,
    String name,
    String url,
    int number,
    DisplayTime at,
    String took,
    String response) {
  /**
   * Returns a row.
   *
   * @param name the name of its endpoint; empty if it has none
   */
  public static AttemptRow of(Attempt attempt, String name, Instant now) {
    int status = attempt.outcome().statusCode();
    return new AttemptRow(
        attempt.id().toString(),
        attempt.delivery().toString(),
        StatePill.of(attempt.outcome().kind()),
        attempt.type().name(),
        name.isEmpty() ? attempt.url() : name,
        attempt.url(),
        attempt.number(),
        DisplayTime.of(attempt.startedAt(), now),
        DisplayTime.length(attempt.outcome().took()),
        status == 0 ? attempt.outcome().detail() : Integer.toString(status));
  }
}
