package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.portal.deliveries.OpenDeliveries;
import dev.hookferry.http.console.portal.deliveries.RetryOutcome;
import dev.hookferry.http.console.portal.deliveries.RetryOutcome.Fate;
import dev.hookferry.http.console.portal.deliveries.SentDeliveries;
import dev.hookferry.http.console.portal.deliveries.ShortName;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.DeliveryId;
import java.util.ArrayList;
import java.util.List;

/**
 * The outcome of deliveries that were sent again, as far as it is known.
 *
 * @param title how many they are
 * @param tone CSS class: good, bad, wait or plain
 * @param text how many arrived, and how many are tried again
 * @param next when the first of these is due; empty if that is not known
 * @param rest the other outcomes, each after a comma; may be empty
 * @param slow why some are sent one at a time; empty if none are
 * @param isOpen whether some have not been attempted yet
 * @param follow the path and query of this page
 * @param rows the first of them, failed ones first
 * @param more how many are not among the rows; empty if all are
 */
public record SentOutcome(
    String title,
    String tone,
    String text,
    DisplayTime next,
    String rest,
    String slow,
    boolean isOpen,
    String follow,
    List<PortalViews.Row> rows,
    String more) {
  private static final int SHOWN = 50;

  static SentOutcome of(
      Webhooks webhooks, PortalVisit visit, SentDeliveries.Kept kept, String token) {
    RetryOutcome outcome = RetryOutcome.of(webhooks, visit.access(), kept, visit.now());
    // Those that cannot be sent again have no outcome either.
    int open = Math.max(0, outcome.count(Fate.OPEN) - kept.skipped());
    List<DeliveryId> order = outcome.inOrder();
    List<Delivery> shown =
        order.stream()
            .limit(SHOWN)
            .flatMap(id -> OpenDeliveries.find(visit.access(), id).stream())
            .toList();
    Words words = visit.words();
    List<String> first = new ArrayList<>();
    add(first, "sent.delivered", outcome.count(Fate.DELIVERED), words);
    add(first, "sent.again", outcome.count(Fate.AGAIN), words);
    List<String> rest = new ArrayList<>();
    add(rest, "sent.failed", outcome.count(Fate.FAILED), words);
    add(rest, "sent.held", outcome.count(Fate.HELD), words);
    add(rest, "sent.open", open, words);
    add(rest, "sent.skipped", kept.skipped() + kept.absent(), words);
    boolean isSending =
        open > 0 && open + kept.skipped() == order.size() && outcome.failing().isEmpty();
    String comma = first.isEmpty() || rest.isEmpty() ? "" : ", ";
    return new SentOutcome(
        words.count(open > 0 ? "sent.title" : "sent.ended", order.size(), false),
        tone(outcome, open),
        isSending ? words.text("sent.sending") : String.join(", ", first),
        outcome.next() == null ? DisplayTime.EMPTY : words.due(outcome.next(), visit.now()),
        isSending || (first.isEmpty() && rest.isEmpty())
            ? ""
            : comma + String.join(", ", rest) + ".",
        open > 0 ? slow(outcome.failing(), words) : "",
        open > 0,
        visit.request().path() + "?list=" + token,
        new PortalViews(webhooks, visit).rows(shown),
        order.size() <= SHOWN ? "" : words.count("sent.more", order.size() - SHOWN, false));
  }

  private static String slow(List<Endpoint> failing, Words words) {
    return switch (failing.size()) {
      case 0 -> "";
      case 1 -> words.text("sent.slow", ShortName.of(failing.get(0)));
      default -> words.text("sent.slow-several", words.number(failing.size()));
    };
  }

  private static String tone(RetryOutcome outcome, int open) {
    if (outcome.count(Fate.FAILED) > 0) {
      return "bad";
    }
    if (outcome.count(Fate.AGAIN) + outcome.count(Fate.HELD) > 0 || !outcome.failing().isEmpty()) {
      return "wait";
    }
    return open == 0 && outcome.count(Fate.DELIVERED) > 0 ? "good" : "plain";
  }

  private static void add(List<String> parts, String key, int count, Words words) {
    if (count > 0) {
      parts.add(words.count(key, count, false));
    }
  }
}
