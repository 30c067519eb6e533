package dev.hookferry.http.console.deliveries;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.DisplayTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt that somebody asked for, on the page that they see next. The page's
 * address names the last attempt before that, so it stays right while the page updates itself, and
 * nothing is called a success before it is one.
 *
 * @param tone the class of the stylesheet: good, bad or plain
 */
public record FollowUp(String tone, String title, String text) {
  private static final String FIELD = "after";
  private static final String NONE = "none";

  /** The query of the page that follows what is asked for now. */
  public static String query(List<Attempt> newestFirst) {
    return "?" + FIELD + "=" + (newestFirst.isEmpty() ? NONE : newestFirst.get(0).id());
  }

  /**
   * What became of it so far.
   *
   * @param newestFirst attempts as they are now
   * @param waits why there may be none yet, as a phrase
   * @return null if this page follows nothing
   */
  public static @Nullable FollowUp of(Visit visit, List<Attempt> newestFirst, String waits) {
    String after = visit.query().text(FIELD);
    if (after.isEmpty()) {
      return null;
    }
    if (newestFirst.isEmpty() || newestFirst.get(0).id().toString().equals(after)) {
      return waits.isEmpty()
          ? new FollowUp("plain", "Sending…", "The outcome appears here.")
          : new FollowUp("plain", "Not sent yet", FieldErrors.sentence(waits));
    }
    Attempt attempt = newestFirst.get(0);
    String took = DisplayTime.length(attempt.outcome().took());
    return attempt.outcome().isSuccess()
        ? new FollowUp("good", "Delivered", "Attempt " + attempt.number() + ": in " + took + ".")
        : new FollowUp(
            "bad",
            "Attempt " + attempt.number() + " failed",
            FieldErrors.sentence(attempt.outcome().detail() + " after " + took));
  }
}
