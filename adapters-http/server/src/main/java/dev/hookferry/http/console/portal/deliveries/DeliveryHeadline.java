package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.portal.PortalReasons;
import dev.hookferry.http.words.Words;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The outcome of a delivery, in a sentence and in a list. */
public final class DeliveryHeadline {
  private DeliveryHeadline() {}

  /**
   * Returns the sentence.
   *
   * @param last the last attempt, or null
   * @param reason why the delivery has not ended, or how it ended; may be empty
   */
  public static String of(
      Delivery delivery, @Nullable Attempt last, String reason, TranslatedReasons reasons) {
    Words words = reasons.words();
    String response = reasons.response(last);
    String cause = response.isEmpty() ? "" : words.text("notice.cause", response);
    int attempts = delivery.attempts();
    String failed = attempts == 0 ? "" : words.text("told.attempt", words.number(attempts), cause);
    return switch (delivery.state()) {
      case DELIVERED -> words.count("told.delivered", attempts, false, cause);
      case EXHAUSTED -> words.count("told.failed", attempts, false, cause);
      case POISONED -> words.text("meaning.state-poisoned");
      case CANCELLED -> words.text("meaning.state-cancelled");
      case BLOCKED -> joined(failed, words.text("meaning.state-blocked"));
      case HELD -> joined(failed, words.text("told.held", reason));
      case WAITING -> joined(failed, sentence(reason, words));
      case PENDING -> joined(failed, sentence(reason, words));
    };
  }

  /**
   * Returns how long the last attempt took, as text that follows its result; empty if the delivery
   * has not ended or the attempt failed on the operator's side.
   */
  public static String took(Delivery delivery, @Nullable Attempt last, Words words) {
    boolean isEnd = delivery.state().isFinal();
    if (last == null || !isEnd || PortalReasons.isOurs(last.outcome().kind())) {
      return "";
    }
    Duration took = last.outcome().took();
    return took.toMillis() == 0
        ? words.text("response.under-ms")
        : words.text("response.after", words.length(took));
  }

  private static String joined(String first, String second) {
    return (first + " " + second).strip();
  }

  private static String sentence(String reason, Words words) {
    return reason.isEmpty()
        ? ""
        : reason.substring(0, 1).toUpperCase(Locale.forLanguageTag(words.tag()))
            + reason.substring(1)
            + ".";
  }
}
