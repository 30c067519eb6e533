package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.deliveries.LastAttempts;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.console.portal.deliveries.ShortName;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.console.portal.figures.CustomerBacklog;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says in one sentence whether the deliveries of the last 24 hours arrived.
 *
 * @param text the sentence
 * @param detail the newest failure; empty if nothing failed
 * @param tone its class: good, bad, wait or plain
 * @param failed whether some failed
 * @param retry whether they can be sent again from here: unless a notice leads there
 * @param parts those that have not ended, by state
 */
public record PortalSummary(
    String text, String detail, String tone, boolean failed, boolean retry, List<Part> parts) {
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

  /** Returns whether all that has not arrived is pending, so that the sentence says all of it. */
  public boolean isPendingOnly() {
    return !failed
        && parts.size() == 1
        && parts.get(0).state().equals(DeliveryState.PENDING.code());
  }

  static PortalSummary of(
      Webhooks webhooks, PortalVisit visit, CustomerBacklog backlog, PortalNotices.Shown notices) {
    Instant since = visit.now().minus(Duration.ofDays(1));
    Page<Delivery> newest = backlog.failedSince(since);
    List<DeliveryState> open =
        OPEN.stream().filter(state -> !backlog.openSince(since, state).isEmpty()).toList();
    if (newest.data().isEmpty() && open.isEmpty()) {
      return ended(visit, since);
    }
    List<Part> parts =
        open.stream()
            .map(
                state ->
                    part(
                        webhooks,
                        visit,
                        backlog.openSince(since, state),
                        backlog.isCut(since, state)))
            .toList();
    if (newest.data().isEmpty()) {
      int count = open.stream().mapToInt(one -> backlog.openSince(since, one).size()).sum();
      boolean more = open.stream().anyMatch(one -> backlog.isCut(since, one));
      String text = visit.words().count("summary.open", count, more);
      return new PortalSummary(text, "", "wait", false, false, parts);
    }
    return failed(webhooks, visit, newest, parts, notices);
  }

  private static Part part(
      Webhooks webhooks, PortalVisit visit, List<Delivery> some, boolean more) {
    DeliveryState state = some.get(0).state();
    String key =
        switch (state) {
          case HELD -> "summary.held";
          case BLOCKED -> "summary.blocked";
          case WAITING -> "summary.waiting";
          default -> "summary.pending";
        };
    return new Part(
        visit.words().count(key, some.size(), more),
        state.code(),
        state == DeliveryState.PENDING ? next(webhooks, visit, some) : DisplayTime.EMPTY);
  }

  /** Returns when the next of some pending deliveries is sent; empty if that is not known. */
  private static DisplayTime next(Webhooks webhooks, PortalVisit visit, List<Delivery> pending) {
    Map<EndpointId, EndpointHealth> health =
        visit.access().endpoints().stream()
            .collect(Collectors.toMap(Endpoint::id, webhooks.endpoints()::health));
    TranslatedReasons reasons = new TranslatedReasons(visit.words(), visit.now());
    return pending.stream()
        .flatMap(
            one ->
                reasons
                    .known(one, health.getOrDefault(one.endpoint(), EndpointHealth.WORKING))
                    .stream())
        .min(Comparator.naturalOrder())
        .map(first -> visit.words().due(first, visit.now()))
        .orElse(DisplayTime.EMPTY);
  }

  private static PortalSummary failed(
      Webhooks webhooks,
      PortalVisit visit,
      Page<Delivery> newest,
      List<Part> parts,
      PortalNotices.Shown notices) {
    List<Delivery> failed = newest.data();
    Map<EndpointId, Long> counts =
        failed.stream().collect(Collectors.groupingBy(Delivery::endpoint, Collectors.counting()));
    Map.Entry<EndpointId, Long> most =
        counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    EndpointId worst = most.getKey();
    Words words = visit.words();
    boolean isOnly = counts.size() == 1;
    String to =
        isOnly && notices.isAbout(worst)
            ? ""
            : to(visit, counts.size(), most.getValue() * 2 > failed.size(), worst);
    Delivery last =
        failed.stream().filter(d -> d.endpoint().equals(worst)).findFirst().orElseThrow();
    String quoted =
        new TranslatedReasons(words, visit.now())
            .quoted(LastAttempts.ofAll(last.site(), List.of(last), webhooks.deliveries()).of(last));
    return new PortalSummary(
        words.count("summary.failed", failed.size(), newest.next() != null, to),
        quoted.isEmpty() ? "" : words.text("response.newest", quoted),
        "bad",
        true,
        !isOnly || !notices.leadsToRetry(),
        parts);
  }

  /** Returns where most of the failed deliveries went: one endpoint, or how many there are. */
  private static String to(PortalVisit visit, int endpoints, boolean isMost, EndpointId worst) {
    if (endpoints > 1 && !isMost) {
      return visit.words().text("summary.to-several", visit.words().number(endpoints));
    }
    String name = ShortName.of(visit.access().endpoint(worst));
    return visit.words().text(endpoints == 1 ? "summary.to" : "summary.most-to", name);
  }

  /** Nothing failed, and everything has ended. */
  private static PortalSummary ended(PortalVisit visit, Instant since) {
    PortalAccess access = visit.access();
    Words words = visit.words();
    DeliveryQuery day =
        DeliveryQuery.ofSite(access.session().site())
            .withoutTests()
            .created(TimeWindow.ALL.since(since))
            .limit(PageRequest.MAX_LIMIT);
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
    return new PortalSummary(text, "", tone, false, false, List.of());
  }

  private static MatchCount count(PortalAccess access, DeliveryQuery query) {
    return MatchCount.of(
        access.deliveries(query),
        null,
        PageRequest.MAX_LIMIT,
        part -> access.deliveries(query.page(part)));
  }
}
