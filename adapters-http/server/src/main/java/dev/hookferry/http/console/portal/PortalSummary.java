package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.replay.ReplayWindow;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says in one sentence whether the deliveries of the last 24 hours arrived.
 *
 * @param text the sentence
 * @param detail the newest failure; empty if nothing failed
 * @param tone its class: good, bad, wait or plain
 * @param failed whether some failed, so that they can be sent again
 * @param parts those that have not ended, by state
 */
public record PortalSummary(
    String text, String detail, String tone, boolean failed, List<Part> parts) {
  private static final List<DeliveryState> OPEN =
      List.of(
          DeliveryState.PENDING, DeliveryState.HELD, DeliveryState.BLOCKED, DeliveryState.WAITING);

  /**
   * Deliveries in one state.
   *
   * @param text how many they are, and what they wait for
   * @param state the filter that lists them
   * @param next when the next attempt is due; empty if none is
   */
  public record Part(String text, String state, DisplayTime next) {}

  static PortalSummary of(Webhooks webhooks, PortalVisit visit) {
    PortalAccess access = visit.access();
    Words words = visit.words();
    DeliveryQuery day =
        DeliveryQuery.ofSite(access.session().site())
            .withoutTests()
            .created(TimeWindow.ALL.since(visit.now().minus(Duration.ofDays(1))))
            .limit(PageRequest.MAX_LIMIT);
    Page<Delivery> newest = access.deliveries(day.states(ReplayWindow.FAILED));
    Page<Delivery> open = access.deliveries(day.states(Set.copyOf(OPEN)));
    if (newest.data().isEmpty() && open.data().isEmpty()) {
      return ended(access, words, day);
    }
    List<Part> parts =
        OPEN.stream()
            .map(
                state ->
                    open.next() == null
                        ? only(state, open)
                        : access.deliveries(day.states(Set.of(state))))
            .filter(page -> !page.data().isEmpty())
            .map(page -> part(webhooks, visit, page))
            .toList();
    if (newest.data().isEmpty()) {
      String text = words.count("summary.open", open.data().size(), open.next() != null);
      return new PortalSummary(text, "", "wait", false, parts);
    }
    return failed(visit, newest, parts);
  }

  private static Page<Delivery> only(DeliveryState state, Page<Delivery> all) {
    return new Page<>(all.data().stream().filter(d -> d.state() == state).toList(), null);
  }

  private static Part part(Webhooks webhooks, PortalVisit visit, Page<Delivery> page) {
    DeliveryState state = page.data().get(0).state();
    String key =
        switch (state) {
          case HELD -> "summary.held";
          case BLOCKED -> "summary.blocked";
          case WAITING -> "summary.waiting";
          default -> "summary.pending";
        };
    return new Part(
        visit.words().count(key, page.data().size(), page.next() != null),
        state.code(),
        state == DeliveryState.PENDING ? next(webhooks, visit, page.data()) : DisplayTime.EMPTY);
  }

  /** Returns when the first of some pending deliveries is due. */
  private static DisplayTime next(Webhooks webhooks, PortalVisit visit, List<Delivery> pending) {
    Map<EndpointId, EndpointHealth> health =
        visit.access().endpoints().stream()
            .collect(Collectors.toMap(Endpoint::id, webhooks.endpoints()::health));
    return pending.stream()
        .map(
            one ->
                TranslatedReasons.next(
                    one, health.getOrDefault(one.endpoint(), EndpointHealth.WORKING)))
        .min(Comparator.naturalOrder())
        .map(first -> visit.words().due(first, visit.now()))
        .orElse(DisplayTime.EMPTY);
  }

  private static PortalSummary failed(PortalVisit visit, Page<Delivery> newest, List<Part> parts) {
    List<Delivery> failed = newest.data();
    Map<EndpointId, Long> counts =
        failed.stream().collect(Collectors.groupingBy(Delivery::endpoint, Collectors.counting()));
    EndpointId worst =
        counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    Words words = visit.words();
    String name = visit.access().endpoint(worst).name();
    String to = words.text(counts.size() == 1 ? "summary.to" : "summary.most-to", name);
    Delivery last =
        failed.stream().filter(d -> d.endpoint().equals(worst)).findFirst().orElseThrow();
    List<Attempt> attempts = visit.access().attempts(last.id());
    String quoted =
        attempts.isEmpty()
            ? ""
            : new TranslatedReasons(words, visit.now()).quoted(attempts.get(attempts.size() - 1));
    return new PortalSummary(
        words.count("summary.failed", failed.size(), newest.next() != null, to),
        quoted.isEmpty() ? "" : words.text("response.newest", quoted),
        "bad",
        true,
        parts);
  }

  /** Nothing failed, and everything has ended. */
  private static PortalSummary ended(PortalAccess access, Words words, DeliveryQuery day) {
    MatchCount all = count(access, day.states(EnumSet.allOf(DeliveryState.class)));
    MatchCount delivered = count(access, day.state(DeliveryState.DELIVERED));
    if (all.known() == 0) {
      return of(words.text("summary.none"), "plain");
    }
    if (!all.equals(delivered)) {
      return of(words.text("summary.cancelled"), "plain");
    }
    String number = words.number(all.known()) + (all.more() ? "+" : "");
    return of(
        all.known() == 1 ? words.text("summary.only") : words.text("summary.all", number), "good");
  }

  private static PortalSummary of(String text, String tone) {
    return new PortalSummary(text, "", tone, false, List.of());
  }

  private static MatchCount count(PortalAccess access, DeliveryQuery query) {
    return MatchCount.of(
        access.deliveries(query),
        null,
        PageRequest.MAX_LIMIT,
        part -> access.deliveries(query.page(part)));
  }
}
