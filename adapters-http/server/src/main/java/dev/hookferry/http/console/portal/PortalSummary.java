package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.list.LastAttempts;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.console.portal.deliveries.ShortName;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.console.portal.figures.BacklogPart;
import dev.hookferry.http.console.portal.figures.CustomerBacklog;
import dev.hookferry.http.console.portal.notices.PageNotices;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A sentence about whether the deliveries from the last 24 hours arrived, for a page without a
 * notice about an endpoint.
 *
 * @param text the sentence
 * @param detail the response of the newest failure, or why there was none; empty if nothing failed
 * @param quote the first line of its body; may be empty
 * @param tone CSS class: good, bad, wait or plain
 * @param retry the text of the link that retries failed deliveries: those in the sentence, or all
 *     if the page has notices instead; empty if none failed
 * @param next when the next attempt is made; empty if something failed or the time is unknown
 * @param query the query of the list of the deliveries that the sentence is about; may be empty
 * @param totals the deliveries to all endpoints, by state; empty if the sentence or the notice
 *     about the only affected endpoint already gives their number
 */
public record PortalSummary(
    String text,
    String detail,
    String quote,
    String tone,
    String retry,
    DisplayTime next,
    String query,
    List<BacklogPart> totals) {

  /**
   * Returns the summary.
   *
   * @param notices the page's notices about an endpoint; null if it reports that several are in
   *     trouble
   * @param delivered how many arrived in the last 24 hours, according to the endpoints' figures
   */
  static PortalSummary of(
      Webhooks webhooks,
      PortalVisit visit,
      CustomerBacklog backlog,
      @Nullable PageNotices notices,
      int delivered) {
    Instant since = visit.now().minus(Duration.ofDays(1));
    List<BacklogPart> parts = BacklogPart.ofAll(backlog, since, visit.words());
    boolean isTold = notices == null || !notices.all().isEmpty();
    if (parts.isEmpty() && !isTold) {
      return ended(visit, since, delivered);
    }
    List<BacklogPart> all =
        parts.isEmpty() ? parts : BacklogPart.with(delivered, parts, visit.words());
    Page<Delivery> failed = backlog.failedSince(since);
    List<Delivery> open =
        BacklogPart.openStates().stream()
            .flatMap(state -> backlog.openSince(since, state).stream())
            .toList();
    if (isTold) {
      boolean isToldByNotices =
          notices != null
              && Stream.concat(failed.data().stream(), open.stream())
                  .allMatch(one -> notices.isAbout(one.endpoint()));
      List<BacklogPart> totals = isToldByNotices ? List.of() : all;
      String retry = retry(backlog.failed(), visit.words());
      return new PortalSummary("", "", "", "", retry, DisplayTime.EMPTY, "", totals);
    }
    List<BacklogPart> totals = parts.size() > 1 ? all : List.of();
    if (!failed.data().isEmpty()) {
      return failed(webhooks, visit, failed, totals);
    }
    boolean isPending = open.stream().allMatch(one -> one.state() == DeliveryState.PENDING);
    boolean more = BacklogPart.openStates().stream().anyMatch(state -> backlog.isCut(since, state));
    return new PortalSummary(
        visit.words().count("summary.open", open.size(), more),
        "",
        "",
        "wait",
        "",
        parts.size() == 1 ? next(webhooks, visit, open) : DisplayTime.EMPTY,
        parts.size() == 1 ? parts.get(0).query() : "",
        isPending ? List.of() : all);
  }

  /** Returns when the next pending delivery is sent; empty if it is due or the time is unknown. */
  private static DisplayTime next(Webhooks webhooks, PortalVisit visit, List<Delivery> open) {
    Map<EndpointId, EndpointHealth> health =
        visit.access().endpoints().stream()
            .collect(Collectors.toMap(Endpoint::id, webhooks.endpoints()::health));
    TranslatedReasons reasons = new TranslatedReasons(visit.words(), visit.now());
    return open.stream()
        .filter(one -> one.state() == DeliveryState.PENDING)
        .flatMap(
            one ->
                reasons
                    .known(one, health.getOrDefault(one.endpoint(), EndpointHealth.WORKING))
                    .stream())
        .min(Comparator.naturalOrder())
        .filter(first -> first.isAfter(visit.now()))
        .map(first -> visit.words().due(first, visit.now()))
        .orElse(DisplayTime.EMPTY);
  }

  private static PortalSummary failed(
      Webhooks webhooks, PortalVisit visit, Page<Delivery> newest, List<BacklogPart> totals) {
    List<Delivery> failed = newest.data();
    Words words = visit.words();
    Delivery last = failed.get(0);
    boolean isOnly = failed.stream().allMatch(one -> one.endpoint().equals(last.endpoint()));
    String to =
        visit.access().endpoints().stream()
            .filter(one -> isOnly && one.id().equals(last.endpoint()))
            .findFirst()
            .map(one -> words.text("summary.to", ShortName.of(one)))
            .orElse("");
    Attempt attempt =
        LastAttempts.ofAll(last.site(), List.of(last), webhooks.deliveries()).of(last);
    String response = new TranslatedReasons(words, visit.now()).response(attempt);
    boolean hasStatus = attempt != null && attempt.outcome().statusCode() > 0;
    return new PortalSummary(
        words.count("summary.failed", failed.size(), newest.next() != null, to),
        response.isEmpty()
            ? ""
            : words.text(hasStatus ? "response.last" : "response.last-attempt", response),
        TranslatedReasons.firstLine(attempt),
        "bad",
        retry(new MatchCount(failed.size(), newest.next() != null), words),
        DisplayTime.EMPTY,
        "",
        totals);
  }

  private static String retry(MatchCount failed, Words words) {
    return failed.known() == 0 ? "" : words.count("notice.retry", failed.known(), failed.more());
  }

  /** Returns the summary when nothing failed and nothing is pending. */
  private static PortalSummary ended(PortalVisit visit, Instant since, int figured) {
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
    // If counting stopped, the figures below the sentence have the number.
    String number =
        all.more() && figured > all.known()
            ? words.number(figured)
            : words.number(all.known(), all.more());
    return of(
        all.known() == 1 ? words.text("summary.only") : words.text("summary.all", number), "good");
  }

  /** Returns the whole summary as one sentence. */
  static PortalSummary of(String text, String tone) {
    return new PortalSummary(text, "", "", tone, "", DisplayTime.EMPTY, "", List.of());
  }

  private static MatchCount count(PortalAccess access, DeliveryQuery query) {
    return MatchCount.of(
        access.deliveries(query),
        null,
        PageRequest.MAX_LIMIT,
        part -> access.deliveries(query.page(part)));
  }
}
