package dev.hookferry.http.console.activity;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.text.FormValues;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes of the newest attempts of an endpoint.
 *
 * @param at time of the newest attempt, or null
 * @param success time of the last success, or null
 * @param streak number of failures since then
 * @param error the last failure; empty if the last attempt succeeded
 * @param cause its status or kind in a few words, such as {@code HTTP 503}; empty if unknown
 * @param failing time of the first of these failures; null if there are none or it is unknown
 */
record LatestOutcomes(
    @Nullable Instant at,
    @Nullable Instant success,
    int streak,
    String error,
    String cause,
    @Nullable Instant failing) {
  static final LatestOutcomes NONE = new LatestOutcomes(null, null, 0, "", "", null);

  /** Maximum length of an error; longer ones are truncated. */
  private static final int MAX_LENGTH = 200;

  LatestOutcomes succeeded(Instant now) {
    return new LatestOutcomes(now, now, 0, "", "", null);
  }

  LatestOutcomes failed(Instant now, Outcome outcome) {
    return new LatestOutcomes(
        now,
        success,
        streak + 1,
        outcome.detail(),
        StatePill.cause(outcome),
        streak == 0 ? now : failing);
  }

  /** Returns the newer of these outcomes and the given ones. */
  LatestOutcomes or(LatestOutcomes other) {
    boolean later = at == null || (other.at != null && other.at.isAfter(at));
    return later ? other : this;
  }

  /** Returns the values in form encoding. */
  String text() {
    return "at="
        + text(at)
        + "&ok="
        + text(success)
        + "&n="
        + streak
        + "&since="
        + text(failing)
        + "&c="
        + FormValues.encoded(cause)
        + "&e="
        + FormValues.encoded(error.substring(0, Math.min(MAX_LENGTH, error.length())));
  }

  private static String text(@Nullable Instant time) {
    return time == null ? "" : Long.toString(time.toEpochMilli());
  }

  /** Parses the output of {@link #text()}. */
  static LatestOutcomes parse(FormValues text) {
    String streak = text.text("n");
    return new LatestOutcomes(
        time(text.text("at")),
        time(text.text("ok")),
        streak.isEmpty() ? 0 : Integer.parseInt(streak),
        text.text("e"),
        text.text("c"),
        time(text.text("since")));
  }

  private static @Nullable Instant time(String millis) {
    return millis.isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(millis));
  }
}
