package dev.hookferry.http.console.portal;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EndpointId;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.replay.ReplayWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says in one sentence whether the deliveries of the last 24 hours arrived.
 *
 * @param text the sentence
 * @param tone its class: good, bad, wait or plain
 * @param failed whether some failed, so that they can be sent again
 */
public record PortalSummary(String text, String tone, boolean failed) {
  private static final Set<DeliveryState> OPEN =
      Set.of(
          DeliveryState.PENDING, DeliveryState.HELD, DeliveryState.WAITING, DeliveryState.BLOCKED);

  static PortalSummary of(PortalAccess access, Words words, Instant now) {
    DeliveryQuery day =
        DeliveryQuery.ofSite(access.session().site())
            .withoutTests()
            .created(TimeWindow.ALL.since(now.minus(Duration.ofDays(1))))
            .limit(PageRequest.MAX_LIMIT);
    Page<Delivery> newest = access.deliveries(day.states(ReplayWindow.FAILED));
    MatchCount failed = count(access, day.states(ReplayWindow.FAILED), newest);
    MatchCount open = count(access, day.states(OPEN));
    if (failed.known() > 0) {
      String worst = worst(access, words, newest.data());
      String text = words.count("summary.failed", failed.known(), failed.more(), worst);
      String more =
          open.known() == 0
              ? ""
              : " " + words.count("summary.also-open", open.known(), open.more());
      return new PortalSummary(text + more, "bad", true);
    }
    if (open.known() > 0) {
      String text = words.count("summary.open", open.known(), open.more());
      return new PortalSummary(text, "wait", false);
    }
    return ended(access, words, day);
  }

  /** Nothing failed, and everything has ended. */
  private static PortalSummary ended(PortalAccess access, Words words, DeliveryQuery day) {
    MatchCount all = count(access, day.states(EnumSet.allOf(DeliveryState.class)));
    MatchCount delivered = count(access, day.state(DeliveryState.DELIVERED));
    if (all.known() == 0) {
      return new PortalSummary(words.text("summary.none"), "plain", false);
    }
    if (!all.equals(delivered)) {
      return new PortalSummary(words.text("summary.cancelled"), "plain", false);
    }
    String number = words.number(all.known()) + (all.more() ? "+" : "");
    return new PortalSummary(
        all.known() == 1 ? words.text("summary.only") : words.text("summary.all", number),
        "good",
        false);
  }

  private static MatchCount count(PortalAccess access, DeliveryQuery query) {
    return count(access, query, access.deliveries(query));
  }

  private static MatchCount count(PortalAccess access, DeliveryQuery query, Page<Delivery> first) {
    return MatchCount.of(
        first, null, PageRequest.MAX_LIMIT, part -> access.deliveries(query.page(part)));
  }

  /** Names the endpoint that most of the newest failures are of, and how its newest one ended. */
  private static String worst(PortalAccess access, Words words, List<Delivery> failed) {
    Map<EndpointId, Long> counts =
        failed.stream().collect(Collectors.groupingBy(Delivery::endpoint, Collectors.counting()));
    EndpointId worst =
        counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    Delivery newest =
        failed.stream().filter(one -> one.endpoint().equals(worst)).findFirst().orElseThrow();
    String name = access.endpoint(worst).name();
    List<Attempt> attempts = access.attempts(newest.id());
    int code = attempts.isEmpty() ? 0 : attempts.get(attempts.size() - 1).outcome().statusCode();
    String which = words.text(counts.size() == 1 ? "summary.to" : "summary.most-to", name);
    return which + (code == 0 ? "" : words.text("summary.response", code));
  }
}
