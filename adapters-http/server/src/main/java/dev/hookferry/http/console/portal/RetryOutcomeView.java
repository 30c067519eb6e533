package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.console.portal.deliveries.BatchDeliveries;
import dev.hookferry.http.console.portal.deliveries.ResentBatches;
import dev.hookferry.http.console.portal.deliveries.RetryOrigin;
import dev.hookferry.http.console.portal.deliveries.RetryOutcome;
import dev.hookferry.http.console.portal.deliveries.RetryOutcome.Kind;
import dev.hookferry.http.console.portal.deliveries.ShortName;
import dev.hookferry.http.console.portal.deliveries.TimedText;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.portal.PortalAccess;
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
 * The known outcome of retried deliveries.
 *
 * @param title how many they are while some have not been attempted
 * @param tone CSS class: good, bad, wait or plain
 * @param text how many arrived, and how many will be retried
 * @param next when the first retry is due; empty if unknown
 * @param rest the other outcomes, each after a comma; may be empty
 * @param waits why some are not sent yet; empty if none wait for an endpoint
 * @param isOpen whether some have not been attempted yet
 * @param follow the path and query of this page
 * @param groups the first deliveries by endpoint, failed ones first
 * @param more how many deliveries have rows; empty if all do
 * @param left how many other deliveries match but were not retried; empty if none
 * @param others the query of the page that retries the others
 */
public record RetryOutcomeView(
    String title,
    String tone,
    String text,
    DisplayTime next,
    String rest,
    List<TimedText> waits,
    boolean isOpen,
    String follow,
    List<Group> groups,
    String more,
    String left,
    String others) {
  private static final int SHOWN = 50;
  private static final int SHORT = 3;
  private static final String SHOW = "show";
  private static final String ALL = "all";
  private static final String SHOW_ALL = "&" + SHOW + "=" + ALL;

  /** The outcomes that come first in a sentence, and those that come after them. */
  private static final List<Kind> FIRST = List.of(Kind.DELIVERED, Kind.AGAIN);

  private static final List<Kind> REST = List.of(Kind.FAILED, Kind.HELD, Kind.OPEN);

  /**
   * Deliveries to one endpoint.
   *
   * @param endpoint the endpoint's id
   * @param text the number of deliveries with each outcome
   * @param parts the first of them by outcome, failed ones first
   */
  public record Group(String endpoint, String name, String text, List<Part> parts) {}

  /**
   * Deliveries to one endpoint that have the same outcome.
   *
   * @param id the element id on the page, which is stable for an outcome
   * @param text the number of deliveries, and their outcome
   * @param result their last response and next step, if all share them
   * @param rows the first deliveries; empty if all rows of the list belong to other groups
   */
  public record Part(String id, String text, String result, List<PortalViews.Row> rows) {}

  /** Returns whether there are few enough to show their details immediately. */
  public boolean isShort() {
    return everyPart().mapToInt(part -> part.rows().size()).sum() <= SHORT;
  }

  /** Returns whether the message says all about a part but its response. */
  public boolean isAllIn(Part part) {
    return !isOpen && isOne() && !part.result().isEmpty();
  }

  private boolean isOne() {
    return groups.size() == 1 && groups.get(0).parts().size() == 1;
  }

  /** Returns whether a part has the last rows. */
  public boolean isLast(Part part) {
    List<Part> parts = everyPart().filter(one -> !one.rows().isEmpty()).toList();
    return !parts.isEmpty() && parts.get(parts.size() - 1).equals(part);
  }

  private Stream<Part> everyPart() {
    return groups.stream().flatMap(group -> group.parts().stream());
  }

  static RetryOutcomeView of(
      Webhooks webhooks, PortalVisit visit, ResentBatches.Kept kept, String token) {
    RetryOutcome outcome = RetryOutcome.of(webhooks, visit.access(), kept, visit.now());
    boolean isAll = visit.query().text(SHOW).equals(ALL);
    // Deliveries that cannot be retried have no outcome either.
    int open = Math.max(0, outcome.count(Kind.OPEN) - kept.skipped());
    List<DeliveryId> order = outcome.inOrder();
    int most = isAll ? PortalAccess.MAX_RETRIES : SHOWN;
    List<DeliveryId> some = order.stream().limit(most).toList();
    List<Delivery> shown = BatchDeliveries.all(visit.access(), kept, outcome.open(), some);
    Words words = visit.words();
    boolean isGood = outcome.count(Kind.DELIVERED) == order.size() && kept.absent() == 0;
    List<String> first =
        isGood ? delivered(order.size(), words) : parts(FIRST, outcome::count, words);
    List<String> rest = parts(REST, kind -> kind == Kind.OPEN ? open : outcome.count(kind), words);
    add(rest, "sent.skipped", kept.skipped() + kept.absent(), words);
    List<Group> groups = groups(outcome, kept, shown, new PortalViews(webhooks, visit), visit);
    if (rest.size() == 1 && outcome.count(Kind.FAILED) == order.size()) {
      String cause = outcome.response(order, new TranslatedReasons(words, visit.now()));
      first = List.of(none(groups, cause, order.size(), words));
      rest = List.of();
    }
    boolean isSending =
        open > 0 && open + kept.skipped() == order.size() && outcome.slowed().isEmpty();
    String comma = first.isEmpty() || rest.isEmpty() ? "" : ", ";
    return new RetryOutcomeView(
        open > 0 ? words.count("sent.title", order.size(), false) : words.text("nav.sent"),
        outcome.tone(open),
        isSending ? words.text("sent.sending") : String.join(", ", first),
        outcome.next() == null ? DisplayTime.EMPTY : words.due(outcome.next(), visit.now()),
        isSending || (first.isEmpty() && rest.isEmpty())
            ? ""
            : comma + String.join(", ", rest) + ".",
        open > 0 ? outcome.waits(words, visit.now()) : List.of(),
        open > 0,
        visit.request().path() + "?list=" + token + (isAll ? SHOW_ALL : ""),
        groups,
        more(order.size(), shown.size(), words),
        left(kept.left(), words),
        RetryOrigin.after(kept, visit.query(), visit.access(), words, visit.now()));
  }

  private static List<String> delivered(int all, Words words) {
    return List.of(words.count("sent.ended", all, false, words.number(all)));
  }

  /** Returns the message that no delivery has arrived, with the cause if all share it. */
  private static String none(List<Group> groups, String cause, int count, Words words) {
    String tail = "";
    if (groups.size() == 1 && !cause.isEmpty()) {
      tail =
          cause.startsWith("HTTP ")
              ? words.text("sent.still", groups.get(0).name(), cause)
              : words.text("notice.cause", cause);
    }
    return words.count("sent.none", count, false, tail);
  }

  /** Returns the path and query of this page with all rows; empty if it already shows all. */
  public String all() {
    return isAll() ? "" : follow + SHOW_ALL;
  }

  /** Returns whether this is the page with all rows, which does not follow the outcome. */
  public boolean isAll() {
    return follow.endsWith(SHOW_ALL);
  }

  /** Returns the id of the only endpoint if all deliveries to it failed; empty otherwise. */
  public String failedAt() {
    return isOne() && !isOpen && tone.equals("bad") ? groups.get(0).endpoint() : "";
  }

  private static String more(int all, int shown, Words words) {
    return all == shown || shown == 0
        ? ""
        : words.text("sent.more", words.number(shown), words.number(all));
  }

  private static String left(MatchCount left, Words words) {
    return left.known() == 0 && !left.more()
        ? ""
        : words.count("sent.left", Math.max(1, left.known()), left.more());
  }

  /** Returns the outcome at each endpoint, those with failed deliveries first. */
  private static List<Group> groups(
      RetryOutcome outcome,
      ResentBatches.Kept kept,
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
    TranslatedReasons reasons = new TranslatedReasons(visit.words(), visit.now());
    List<Group> groups = new ArrayList<>();
    for (Endpoint endpoint : visit.access().endpoints()) {
      List<DeliveryId> own = ids.getOrDefault(endpoint.id(), List.of());
      ToIntFunction<Kind> count =
          kind -> (int) own.stream().filter(id -> outcome.kinds().get(id) == kind).count();
      List<String> parts = parts(FIRST, count, visit.words());
      parts.addAll(parts(REST, count, visit.words()));
      groups.add(
          new Group(
              endpoint.id().toString(),
              ShortName.of(endpoint),
              String.join(", ", parts),
              parts(endpoint.id(), own, outcome, rows, reasons)));
    }
    List<String> order = ids.keySet().stream().map(EndpointId::toString).toList();
    return groups.stream()
        .filter(group -> order.contains(group.endpoint()))
        .sorted(Comparator.comparing(group -> order.indexOf(group.endpoint())))
        .toList();
  }

  /** Returns the deliveries to an endpoint by outcome, the most important first. */
  private static List<Part> parts(
      EndpointId endpoint,
      List<DeliveryId> ids,
      RetryOutcome outcome,
      Map<String, PortalViews.Row> rows,
      TranslatedReasons reasons) {
    List<Part> parts = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      List<DeliveryId> same = ids.stream().filter(id -> outcome.kinds().get(id) == kind).toList();
      List<PortalViews.Row> known =
          same.stream().flatMap(id -> Stream.ofNullable(rows.get(id.toString()))).toList();
      if (!same.isEmpty()) {
        parts.add(
            new Part(
                endpoint + "-" + TranslatedReasons.key(kind),
                reasons.words().count(key(kind), same.size(), false),
                result(outcome.response(same, reasons), known, known.size() == same.size()),
                known));
      }
    }
    return parts;
  }

  /** Returns the response and the next step, if all rows are known and agree. */
  private static String result(String response, List<PortalViews.Row> rows, boolean areAll) {
    List<String> next = rows.stream().map(PortalViews.Row::reason).distinct().toList();
    return Stream.of(response, areAll && next.size() == 1 ? next.get(0) : "")
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" · "));
  }

  private static List<String> parts(List<Kind> kinds, ToIntFunction<Kind> count, Words words) {
    List<String> parts = new ArrayList<>();
    kinds.forEach(kind -> add(parts, key(kind), count.applyAsInt(kind), words));
    return parts;
  }

  private static String key(Kind kind) {
    return switch (kind) {
      case DELIVERED -> "sent.delivered";
      case AGAIN -> "sent.again";
      case FAILED -> "sent.failed";
      case HELD -> "sent.held";
      case OPEN -> "sent.open";
    };
  }

  private static void add(List<String> parts, String key, int count, Words words) {
    if (count > 0) {
      parts.add(words.count(key, count, false));
    }
  }
}
