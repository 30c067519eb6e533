package dev.hookferry.http.console.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The deliveries that match a list's filter and are retried together, as one replay, or as one per
 * endpoint if the filter names several.
 *
 * @param query the filter
 * @param until the end of the replay's window
 */
record FilteredReplay(Webhooks webhooks, DeliveryQuery query, Instant until) {
  /** Maximum number of endpoints for which replays are started together. */
  private static final int MAX_ENDPOINTS = 25;

  /** Once this many deliveries are counted, those of the remaining endpoints are not. */
  private static final long MAX_COUNTED = 100_000;

  /** Returns whether the filter names more endpoints than are allowed together. */
  boolean isTooWide() {
    return isTooWide(query);
  }

  static boolean isTooWide(DeliveryQuery query) {
    return query.endpoints().ids().size() > MAX_ENDPOINTS;
  }

  /** Returns the number of endpoints that the filter names; 0 if it matches all. */
  int endpoints() {
    return query.endpoints().ids().size();
  }

  private List<DeliveryQuery> parts() {
    return endpoints() < 2
        ? List.of(query)
        : query.endpoints().ids().stream().map(query::endpoint).toList();
  }

  /** Counts the matching deliveries. Blocks. */
  RetryableDeliveries found() {
    if (isTooWide()) {
      return RetryableDeliveries.NONE;
    }
    RetryableDeliveries found = RetryableDeliveries.blocked(webhooks, query);
    for (DeliveryQuery part : parts()) {
      ReplayWindow window = window(part);
      found =
          found.total() < MAX_COUNTED
              ? found.and(RetryableDeliveries.replayed(webhooks, part, window))
              : found.andMore();
    }
    return found;
  }

  /**
   * Starts replays. Blocked deliveries are excluded and retried individually.
   *
   * @param rate deliveries per second of each replay
   */
  ConsoleReply start(Visit visit, Set<DeliveryState> chosen, int rate) {
    Set<DeliveryState> replayed = EnumSet.copyOf(chosen);
    boolean hasBlocked = replayed.remove(DeliveryState.BLOCKED);
    Started started = replayed.isEmpty() ? Started.NONE : started(visit, replayed, rate);
    if (!started.problem().isEmpty()) {
      return visit.begun(
          visit.path("/replays"),
          started.count() + " started.",
          "The next one was refused: "
              + started.problem()
              + (hasBlocked ? " Blocked deliveries were not retried." : ""));
    }
    if (started.jobs().isEmpty() && !hasBlocked) {
      return visit.refused(visit.path("/deliveries"), "No delivery matches the filter any more.");
    }
    boolean isAgain = replayed.equals(EnumSet.of(DeliveryState.DELIVERED));
    String next =
        replayed.isEmpty()
            ? visit.path("/retry-queue?state=blocked")
            : visit.path(started.path(isAgain ? ReplayPage.SENT_AGAIN : ReplayPage.RETRIED));
    if (hasBlocked) {
      return SelectedDeliveries.blocked(webhooks.deliveries(), query)
          .each(
              visit, next, "retried", id -> visit.webhooks().deliveries().retry(visit.site(), id));
    }
    return started.jobs().size() == 1
        ? ConsoleReply.seeOther(next)
        : visit.begun(next, started.count() + " started.", "");
  }

  /**
   * The replays that were started.
   *
   * @param problem why the next one was refused; empty if none was
   */
  private record Started(List<ReplayJob> jobs, String problem) {
    static final Started NONE = new Started(List.of(), "");

    String count() {
      return NumberText.counted(jobs.size(), "replay");
    }

    /**
     * Returns the path and query of the page to show: the replay's if only one was started,
     * otherwise the list of all replays.
     */
    String path(String query) {
      return jobs.size() == 1 ? "/replays/" + jobs.get(0).id() + query : "/replays";
    }
  }

  /** Starts a replay for each part that has something to send. */
  private Started started(Visit visit, Set<DeliveryState> replayed, int rate) {
    List<ReplayJob> jobs = new ArrayList<>();
    for (DeliveryQuery part : parts()) {
      ReplayWindow window = window(part).statuses(replayed);
      if (endpoints() > 1 && isEmpty(part.states(replayed))) {
        continue;
      }
      try {
        jobs.add(visit.webhooks().replays().start(visit.site(), window, rate));
      } catch (RefusedException e) {
        if (jobs.isEmpty()) {
          throw e;
        }
        return new Started(jobs, String.valueOf(e.getMessage()));
      }
    }
    return new Started(jobs, "");
  }

  private boolean isEmpty(DeliveryQuery part) {
    return webhooks.deliveries().list(part.page(PageRequest.of(1))).data().isEmpty();
  }

  /**
   * Converts a query to a replay window. Rejects status classes and type prefixes, which replays do
   * not support, because a replay must not send more than the list shows.
   */
  private ReplayWindow window(DeliveryQuery part) {
    if (part.isScan() && part.statusCode() == null) {
      throw InvalidException.of("code", "must be one status, such as 503, to send all that match");
    }
    if (!part.types().patterns().isEmpty()) {
      throw InvalidException.of(
          "type", "must be the full name of an event type to send all that match");
    }
    Instant since = part.created().since();
    EndpointId endpoint = part.endpoints().ids().stream().findFirst().orElse(null);
    return ReplayWindow.since(since == null ? Instant.EPOCH : since)
        .until(until)
        .endpoint(endpoint)
        .types(part.types().names())
        .event(part.event())
        .statusCode(part.statusCode())
        .fields(part.fields());
  }
}
