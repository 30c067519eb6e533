package dev.hookferry.http.console.overview;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.words.DisplayTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An attempt in a list.
 *
 * @param id the attempt's id
 * @param delivery the delivery's id
 * @param pill the outcome
 * @param type the event type
 * @param name the name of its endpoint; the URL if it has none
 * @param url where it was sent
 * @param number from 1
 * @param at when it was sent
 * @param took duration
 * @param response the status code, or the failure
 * @param times number of consecutive attempts that this row represents: equal failures at one
 *     endpoint, of which the newest is shown
 */
public record AttemptRow(
    String id,
    String delivery,
    StatePill pill,
    String type,
    String name,
    String url,
    int number,
    DisplayTime at,
    String took,
    String response,
    int times) {
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
        StatePill.of(attempt.outcome()),
        attempt.type().name(),
        name.isEmpty() ? attempt.url() : name,
        attempt.url(),
        attempt.number(),
        DisplayTime.of(attempt.startedAt(), now),
        DisplayTime.length(attempt.outcome().took()),
        status == 0 ? attempt.outcome().detail() : Integer.toString(status),
        1);
  }

  /** Returns the rows, with consecutive equal failures at one endpoint merged into one. */
  static List<AttemptRow> grouped(List<AttemptRow> newestFirst) {
    List<AttemptRow> groups = new ArrayList<>();
    for (AttemptRow row : newestFirst) {
      AttemptRow last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
      if (last != null && last.isLike(row)) {
        groups.set(groups.size() - 1, last.and(row));
      } else {
        groups.add(row);
      }
    }
    return groups;
  }

  private boolean isLike(AttemptRow other) {
    return !pill.tone().equals("good")
        && pill.equals(other.pill)
        && name.equals(other.name)
        && url.equals(other.url)
        && response.equals(other.response);
  }

  private AttemptRow and(AttemptRow older) {
    return new AttemptRow(
        id, delivery, pill, type, name, url, number, at, took, response, times + older.times);
  }
}
