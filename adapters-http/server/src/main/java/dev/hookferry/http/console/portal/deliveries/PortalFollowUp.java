package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.console.deliveries.FollowUp;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Progress of a delivery that the visitor has just retried. The page's URL contains the previous
 * attempt, so a success is reported only once it is known.
 *
 * @param tone CSS class: good, bad or plain
 * @param text the progress, in sentences
 * @param isOpen whether the outcome is not known yet
 * @param query the query of the page that follows the delivery
 */
public record PortalFollowUp(String tone, String text, boolean isOpen, String query) {
  /** Returns the query of the page that follows a delivery being retried. */
  public static String query(List<Attempt> oldestFirst) {
    return FollowUp.query(oldestFirst.isEmpty() ? null : newest(oldestFirst));
  }

  private static Attempt newest(List<Attempt> oldestFirst) {
    return oldestFirst.get(oldestFirst.size() - 1);
  }

  /**
   * Returns the progress so far.
   *
   * @param attempts the attempts, oldest first
   * @param unsent the sentence to show until there is a new attempt
   * @return null if the page follows no retry
   */
  public static @Nullable PortalFollowUp of(
      FormValues query, Delivery delivery, List<Attempt> attempts, String unsent, Words words) {
    String after = query.text(FollowUp.FIELD);
    if (after.isEmpty()) {
      return null;
    }
    String same = "?" + FollowUp.FIELD + "=" + FormValues.encoded(after);
    if (attempts.isEmpty() || newest(attempts).id().toString().equals(after)) {
      return new PortalFollowUp("plain", unsent, !delivery.state().isFinal(), same);
    }
    Attempt attempt = newest(attempts);
    String took = words.length(attempt.outcome().took());
    if (attempt.outcome().isSuccess()) {
      String text = words.text("follow.delivered", attempt.number(), took);
      return new PortalFollowUp("good", text, false, same);
    }
    // The attempt itself shows what to do.
    int code = attempt.outcome().statusCode();
    String cause = code == 0 ? "" : words.text("notice.cause", "HTTP " + code);
    String text = words.text("follow.failed", attempt.number(), took, cause);
    return new PortalFollowUp("bad", text, false, same);
  }
}
