package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.words.Words;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says at the top of a delivery's page what became of it. */
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
