package dev.hookferry.http.console.deliveries;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.words.DisplayTime;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Progress of an attempt that the user just requested. The page's URL contains the previous
 * attempt, so the note stays correct while the page refreshes and reports a success only once it is
 * known.
 *
 * @param tone CSS class: good, bad or plain
 */
public record FollowUp(String tone, String title, String text) {
  /** The query parameter with the previous attempt. */
  public static final String FIELD = "after";

  private static final String NONE = "none";

  /**
   * Returns the query of the page that follows a request made now.
   *
   * @param newest the previous attempt, or null if there is none
   */
  public static String query(@Nullable Attempt newest) {
    return "?" + FIELD + "=" + (newest == null ? NONE : newest.id());
  }

  /**
   * Returns whether there is an attempt after the one named in the URL.
   *
   * @param newestFirst the current attempts
   */
  public static boolean isNewer(Visit visit, List<Attempt> newestFirst) {
    String after = visit.query().text(FIELD);
    return !after.isEmpty()
        && !newestFirst.isEmpty()
        && !newestFirst.get(0).id().toString().equals(after);
  }

  /** Returns a note for when no attempt is expected; null if this page follows no request. */
  public static @Nullable FollowUp done(Visit visit, String title, String text) {
    return visit.query().text(FIELD).isEmpty() ? null : new FollowUp("good", title, text);
  }

  /**
   * Returns the progress so far.
   *
   * @param newestFirst the current attempts
   * @param waits why there may be no attempt yet, as a phrase
   * @return null if this page follows no request
   */
  public static @Nullable FollowUp of(Visit visit, List<Attempt> newestFirst, String waits) {
    String after = visit.query().text(FIELD);
    if (after.isEmpty()) {
      return null;
    }
    if (!isNewer(visit, newestFirst)) {
      return waits.isEmpty()
          ? new FollowUp("plain", "Sending…", "The outcome appears here.")
          : new FollowUp("plain", "Not sent yet", FieldErrors.sentence(waits));
    }
    Attempt attempt = newestFirst.get(0);
    int status = attempt.outcome().statusCode();
    Duration length = attempt.outcome().took();
    String took = status == 0 ? DisplayTime.after(length) : DisplayTime.took(length);
    return attempt.outcome().isSuccess()
        ? new FollowUp(
            "good",
            "Delivered",
            "Attempt " + attempt.number() + ": HTTP " + status + " " + took + ".")
        : new FollowUp(
            "bad",
            "Attempt " + attempt.number() + " failed",
            FieldErrors.sentence(attempt.outcome().detail() + " " + took));
  }
}
