package dev.hookferry.http.console.text;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.DeliveryReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A one-sentence explanation of a delivery: what happened to it, and what happens next.
 *
 * @param before the text before the time
 * @param when the time; empty if the sentence has none
 * @param after the text after the time
 * @param quote the receiver's own error message; empty if unknown
 */
public record DeliverySentence(String before, DisplayTime when, String after, String quote) {
  private static final String AGAIN = "; retry it to send it.";
  private static final String NO_RETRIES = ". No retries are left.";

  /**
   * Additional facts.
   *
   * @param reason why it has not ended, or how it ended
   * @param cause the status or the error of the last attempt; empty if there was none
   * @param planned number of attempts that its schedule has; 0 if unknown
   * @param skippedBy who gave it up while it was blocked, such as {@code by Ann}; empty if none
   */
  public record Facts(DeliveryReason reason, String cause, int planned, String skippedBy) {}

  /**
   * Returns the sentence.
   *
   * @param newestFirst its attempts
   */
  public static DeliverySentence of(
      Delivery delivery, List<Attempt> newestFirst, Facts facts, Instant now) {
    Told told = new Told(delivery, newestFirst, facts);
    DisplayTime settled = DisplayTime.of(delivery.settledAt(), now);
    return switch (delivery.state()) {
      case PENDING -> told.pending(now);
      case HELD -> told.plain("; " + facts.reason().text() + ".");
      case WAITING -> told.plain(": it " + facts.reason().text() + ".");
      case BLOCKED -> told.plain("; it " + facts.reason().withoutRemedy() + ". Retry or skip it.");
      case DELIVERED -> told.timed("Delivered ", settled, told.delivered() + ".");
      case EXHAUSTED -> told.givenUp(settled);
      case CANCELLED -> told.timed("Cancelled ", settled, told.attemptsMade() + AGAIN);
      case POISONED ->
          told.timed("Given up ", settled, ", since sending it crashed the server twice" + AGAIN);
    };
  }

  /** The parts of the sentence. */
  private record Told(Delivery delivery, List<Attempt> newestFirst, Facts facts) {
    private DeliverySentence plain(String next) {
      return timed(happened() + next, DisplayTime.EMPTY, "");
    }

    private DeliverySentence timed(String before, DisplayTime when, String after) {
      boolean isQuoted =
          delivery.state() != DeliveryState.DELIVERED && !newestFirst.isEmpty() && !isSuccess();
      String quote = isQuoted ? ResponseQuote.of(newestFirst.get(0)) : "";
      return new DeliverySentence(before, when, after, quote);
    }

    private boolean isSuccess() {
      return newestFirst.get(0).outcome().isSuccess();
    }

    private DeliverySentence pending(Instant now) {
      DeliveryReason reason = facts.reason();
      Instant next = reason.nextAttemptAt();
      if (next != null && reason.isBackingOff()) {
        String waits = "; waits for its endpoint to recover, next probe: ";
        return timed(happened() + waits, DisplayTime.due(next, now), ".");
      }
      if (next != null) {
        String why = reason.isExplainedByTime() ? "." : " (" + reason.text() + ").";
        return timed(happened() + "; next attempt: ", DisplayTime.due(next, now), why);
      }
      String start = reason.isDueNow() ? "next attempt: " : reason.isRateLimited() ? "it " : "";
      return plain("; " + start + reason.text() + ".");
    }

    private String happened() {
      if (newestFirst.isEmpty()) {
        return "Not sent yet";
      }
      int number = newestFirst.get(0).number();
      String of = number <= facts.planned() ? " of " + facts.planned() : "";
      return isSuccess() ? "To be resent" : "Attempt " + number + of + " failed" + cause();
    }

    private String cause() {
      return facts.cause().isEmpty() ? "" : " (" + facts.cause() + ")";
    }

    private String last() {
      return facts.cause().isEmpty() ? "" : ", the last with " + facts.cause();
    }

    private String delivered() {
      Optional<Attempt> success =
          newestFirst.stream().filter(attempt -> attempt.outcome().isSuccess()).findFirst();
      String status = success.map(one -> " (HTTP " + one.outcome().statusCode() + ")").orElse("");
      Instant settled = delivery.settledAt();
      if (delivery.attempts() == 1 && settled != null) {
        Duration took = Duration.between(delivery.createdAt(), settled);
        return ", " + DisplayTime.took(took) + status;
      }
      return ", at attempt " + success.map(Attempt::number).orElse(delivery.attempts()) + status;
    }

    private DeliverySentence givenUp(DisplayTime settled) {
      if (delivery.type().equals(EventType.TEST)) {
        return timed("The test failed" + cause() + " ", settled, "; tests are not retried.");
      }
      return facts.skippedBy().isEmpty()
          ? timed(failed() + (failed().endsWith(last()) ? ", " : " "), settled, NO_RETRIES)
          : timed(failed() + ". Skipped " + facts.skippedBy() + " ", settled, AGAIN);
    }

    private String failed() {
      int count = delivery.attempts();
      if (newestFirst.stream().anyMatch(attempt -> attempt.outcome().isSuccess())) {
        return happened();
      }
      return count == 1
          ? "The only attempt failed" + cause()
          : (count == 2 ? "Both" : "All " + count) + " attempts failed" + last();
    }

    private String attemptsMade() {
      int count = delivery.attempts();
      return switch (count) {
        case 0 -> " before the first attempt";
        case 1 -> " after 1 attempt" + cause();
        default -> " after " + count + " attempts" + last();
      };
    }
  }
}
