package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.portal.deliveries.SentDeliveries;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.refusal.NotFoundException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of deliveries that were sent again, as far as it is known.
 *
 * @param title how many they are
 * @param tone CSS class: good, bad or plain
 * @param text what is known
 * @param isOpen whether some have not been attempted yet
 * @param follow the path and query of this page
 * @param rows the first of them, failed ones first
 * @param more how many are not among the rows; empty if all are
 */
public record SentOutcome(
    String title,
    String tone,
    String text,
    boolean isOpen,
    String follow,
    List<PortalViews.Row> rows,
    String more) {
  private static final int SHOWN = 50;

  /** Counts the outcomes in one query; those outside of the scope do not count. */
  static SentOutcome of(
      Webhooks webhooks, PortalVisit visit, SentDeliveries.Kept kept, String token) {
    Set<EndpointId> mine =
        visit.access().endpoints().stream().map(Endpoint::id).collect(Collectors.toSet());
    List<DeliveryId> ids =
        kept.before().keySet().stream()
            .filter(id -> mine.contains(kept.endpoints().get(id)))
            .toList();
    Map<DeliveryId, Attempt> last =
        webhooks.deliveries().lastAttempts(visit.access().session().site(), Set.copyOf(ids));
    Map<DeliveryId, Boolean> arrived = new HashMap<>();
    for (DeliveryId id : ids) {
      Attempt attempt = last.get(id);
      if (attempt != null && attempt.number() > kept.before().getOrDefault(id, 0)) {
        arrived.put(id, attempt.outcome().isSuccess());
      }
    }
    int delivered = (int) arrived.values().stream().filter(one -> one).count();
    int failed = arrived.size() - delivered;
    int open = Math.max(0, ids.size() - arrived.size() - kept.skipped());
    List<DeliveryId> order =
        ids.stream().sorted(Comparator.comparing(id -> rank(arrived.get(id)))).toList();
    Words words = visit.words();
    String good = open == 0 && delivered > 0 ? "good" : "plain";
    return new SentOutcome(
        words.count(open > 0 ? "sent.title" : "sent.ended", ids.size(), false),
        failed > 0 ? "bad" : good,
        text(words, delivered, failed, open, kept.skipped()),
        open > 0,
        visit.request().path() + "?list=" + token,
        new PortalViews(webhooks, visit).rows(present(visit, order)),
        order.size() <= SHOWN ? "" : words.count("sent.more", order.size() - SHOWN, false));
  }

  /** Failed ones come first, then those that are not known yet. */
  private static int rank(@Nullable Boolean arrived) {
    return arrived == null ? 1 : arrived ? 2 : 0;
  }

  private static String text(Words words, int delivered, int failed, int open, int skipped) {
    List<String> parts = new ArrayList<>();
    add(parts, delivered, () -> words.count("sent.delivered", delivered, false));
    add(parts, failed, () -> words.count("sent.failed", failed, false));
    add(parts, open, () -> words.count("sent.open", open, false));
    add(parts, skipped, () -> words.count("sent.skipped", skipped, false));
    return delivered + failed == 0 && open > 0
        ? words.text("sent.sending")
        : String.join(", ", parts) + ".";
  }

  private static void add(List<String> parts, int count, Supplier<String> text) {
    if (count > 0) {
      parts.add(text.get());
    }
  }

  private static List<Delivery> present(PortalVisit visit, List<DeliveryId> ids) {
    List<Delivery> present = new ArrayList<>();
    for (DeliveryId id : ids.subList(0, Math.min(SHOWN, ids.size()))) {
      try {
        present.add(visit.access().delivery(id));
      } catch (NotFoundException e) {
        // Removed by retention meanwhile.
      }
    }
    return present;
  }
}
