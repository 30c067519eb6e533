package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.console.portal.deliveries.ListOrigin;
import dev.hookferry.http.console.portal.deliveries.OpenDeliveries;
import dev.hookferry.http.console.portal.deliveries.RetryOutcome;
import dev.hookferry.http.console.portal.deliveries.RetryOutcome.Fate;
import dev.hookferry.http.console.portal.deliveries.SentDeliveries;
import dev.hookferry.http.console.portal.deliveries.ShortName;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
 * @param groups the first of them by endpoint, failed ones first
 * @param more how many are not among the rows; empty if all are
 * @param left how many others match and were not sent again; empty if none do
 * @param others the query of the page that retries these
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
    List<Group> groups,
    String more,
    String left,
    String others) {
  private static final int SHOWN = 50;
  private static final int SHORT = 3;

  /** The outcomes that come first in a sentence, and those that come after them. */
  private static final List<Fate> FIRST = List.of(Fate.DELIVERED, Fate.AGAIN);

  private static final List<Fate> REST = List.of(Fate.FAILED, Fate.HELD, Fate.OPEN);

  /**
   * Deliveries to one endpoint.
   *
   * @param endpoint the endpoint's id
   * @param text how many of them have which outcome
   * @param parts the first of them by outcome, failed ones first
   */
  public record Group(String endpoint, String name, String text, List<Part> parts) {}

  /**
   * Deliveries to one endpoint that have the same outcome.
   *
   * @param id the id on the page, which stays the same while the outcome does
   * @param text how many they are, and their outcome
   * @param result their last response and what comes next, if it is the same for all rows; or empty
   * @param rows the first of them; empty if all of the list's rows are of others
   */
  public record Part(String id, String text, String result, List<PortalViews.Row> rows) {}

  /** Returns whether they are so few that their details are shown at once. */
  public boolean isShort() {
    return groups.stream()
            .flatMap(group -> group.parts().stream())
            .mapToInt(part -> part.rows().size())
            .sum()
        <= SHORT;
  }

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
    List<String> first = parts(FIRST, outcome::count, words);
    List<String> rest = parts(REST, fate -> fate == Fate.OPEN ? open : outcome.count(fate), words);
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
        groups(outcome, kept, shown, new PortalViews(webhooks, visit), visit),
        more(order.size(), shown.size(), words),
        left(kept.left(), words),
        ListOrigin.after(kept, visit.query(), visit.access(), words, visit.now()));
  }

  private static String more(int all, int shown, Words words) {
    return all == shown || shown == 0
        ? ""
        : words.count("sent.more", all - shown, false, words.number(shown));
  }

  private static String left(MatchCount left, Words words) {
    return left.known() == 0 && !left.more()
        ? ""
        : words.count("sent.left", Math.max(1, left.known()), left.more());
  }

  /** Returns the outcome at each endpoint, those first that have failed deliveries. */
  private static List<Group> groups(
      RetryOutcome outcome,
      SentDeliveries.Kept kept,
      List<Delivery> shown,
      PortalViews views,
      PortalVisit visit) {
    Map<EndpointId, List<DeliveryId>> ids =
        outcome.inOrder().stream()
            .collect(
                Collectors.groupingBy(
                    id -> Objects.requireNonNull(kept.endpoints().get(id)),
                    LinkedHashMap::new,
                    Collectors.toList()));
    Map<String, PortalViews.Row> rows = new HashMap<>();
    views.rows(shown).forEach(row -> rows.put(row.id(), row));
    List<Group> groups = new ArrayList<>();
    for (Endpoint endpoint : visit.access().endpoints()) {
      List<DeliveryId> own = ids.getOrDefault(endpoint.id(), List.of());
      ToIntFunction<Fate> count =
          fate -> (int) own.stream().filter(id -> outcome.fates().get(id) == fate).count();
      List<String> parts = parts(FIRST, count, visit.words());
      parts.addAll(parts(REST, count, visit.words()));
      groups.add(
          new Group(
              endpoint.id().toString(),
              ShortName.of(endpoint),
              String.join(", ", parts),
              parts(endpoint.id(), own, outcome, rows, visit.words())));
    }
    List<String> order = ids.keySet().stream().map(EndpointId::toString).toList();
    return groups.stream()
        .filter(group -> order.contains(group.endpoint()))
        .sorted(Comparator.comparing(group -> order.indexOf(group.endpoint())))
        .toList();
  }

  /** Returns the deliveries to an endpoint by outcome, those that people care about most first. */
  private static List<Part> parts(
      EndpointId endpoint,
      List<DeliveryId> ids,
      RetryOutcome outcome,
      Map<String, PortalViews.Row> rows,
      Words words) {
    List<Part> parts = new ArrayList<>();
    for (Fate fate : Fate.values()) {
      List<DeliveryId> same = ids.stream().filter(id -> outcome.fates().get(id) == fate).toList();
      List<PortalViews.Row> known =
          same.stream().flatMap(id -> Stream.ofNullable(rows.get(id.toString()))).toList();
      if (!same.isEmpty()) {
        parts.add(
            new Part(
                endpoint + "-" + TranslatedReasons.key(fate),
                words.count(key(fate), same.size(), false),
                result(known),
                known));
      }
    }
    return parts;
  }

  private static String result(List<PortalViews.Row> rows) {
    List<String> all =
        rows.stream()
            .map(
                row ->
                    Stream.of(row.response(), row.reason())
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(" · ")))
            .distinct()
            .toList();
    return all.size() == 1 ? all.get(0) : "";
  }

  private static List<String> parts(List<Fate> fates, ToIntFunction<Fate> count, Words words) {
    List<String> parts = new ArrayList<>();
    fates.forEach(fate -> add(parts, key(fate), count.applyAsInt(fate), words));
    return parts;
  }

  private static String key(Fate fate) {
    return switch (fate) {
      case DELIVERED -> "sent.delivered";
      case AGAIN -> "sent.again";
      case FAILED -> "sent.failed";
      case HELD -> "sent.held";
      case OPEN -> "sent.open";
    };
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
