package dev.hookferry.http.console.navigation;

import dev.hookferry.Webhooks;
import dev.hookferry.http.console.deliveries.WaitingDeliveries;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.problems.ProblemCard;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.words.NumberText;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts beside navigation entries. A page fetches them after it is shown, so that it does not wait
 * for them.
 */
public final class NavCounts {
  private final Webhooks webhooks;

  public NavCounts(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /** Returns the counts by path, as text; empty where there is nothing to count. */
  public ConsoleReply show(Visit visit) {
    WaitingDeliveries undelivered = WaitingDeliveries.at(webhooks, visit.site());
    long open = notWorking(visit, undelivered);
    String waiting = undelivered.count();
    Map<String, String> counts =
        Map.of(
            Nav.PROBLEMS.path(),
            open == 0 ? "" : NumberText.of(open),
            Nav.RETRY_QUEUE.path(),
            waiting.equals("0") ? "" : waiting);
    HttpReply json = HttpReply.ok(JsonOutput.values(counts));
    return ConsoleReply.of(200, json.contentType(), json.body());
  }

  /**
   * Returns the number of endpoints that the headline of the overview counts as not working,
   * without those whose problems are all acknowledged or muted.
   */
  private long notWorking(Visit visit, WaitingDeliveries undelivered) {
    Set<String> known =
        ProblemCard.all(webhooks, visit).stream()
            .filter(card -> !card.isOpen())
            .map(ProblemCard::endpoint)
            .collect(Collectors.toSet());
    return webhooks.endpoints().all(visit.site()).stream()
        .filter(
            one -> ProblemCard.isAiling(webhooks.endpoints().health(one), undelivered.of(one.id())))
        .filter(one -> !known.contains(one.id().toString()))
        .count();
  }
}
