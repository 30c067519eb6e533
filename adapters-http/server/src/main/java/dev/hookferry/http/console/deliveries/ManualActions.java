package dev.hookferry.http.console.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Manual retries, resends and skips of a delivery, found in the audit log and the site's replays.
 */
final class ManualActions {
  private static final PageRequest MAX = PageRequest.of(100);

  private final List<Cause> causes = new ArrayList<>();
  private final List<Cause> skips = new ArrayList<>();

  private ManualActions() {}

  /**
   * A manual action on the delivery.
   *
   * @param words such as {@code by ops}, or {@code by replay} before its id
   * @param replay the id of the replay; empty if the action was not a replay
   */
  record Cause(Instant at, String words, String replay) {
    static Cause of(Instant at, String words) {
      return new Cause(at, words, "");
    }
  }

  /** Reads the manual actions on a delivery. Runs no query for a delivery with one attempt. */
  static ManualActions of(Webhooks webhooks, Delivery delivery) {
    ManualActions all = new ManualActions();
    if (delivery.attempts() == 0) {
      return all;
    }
    SiteId site = delivery.site();
    TimeWindow since = TimeWindow.ALL.since(delivery.createdAt());
    for (String target : List.of(delivery.id().toString(), delivery.event().value())) {
      webhooks
          .audit()
          .list(AuditQuery.ALL.site(site).target(target).at(since).page(MAX))
          .data()
          .forEach(entry -> all.add(entry, delivery));
    }
    webhooks.replays().list(site).stream()
        .filter(job -> contains(job.window(), delivery))
        .forEach(job -> all.causes.add(cause(job)));
    all.causes.sort(Comparator.comparing(Cause::at));
    return all;
  }

  private void add(AuditEntry entry, Delivery delivery) {
    if (entry.action() == AuditAction.DELIVERY_SKIPPED) {
      skips.add(Cause.of(entry.at(), "by " + entry.actor().name()));
    } else if (isAgain(entry, delivery)) {
      causes.add(cause(entry));
    }
  }

  private static boolean isAgain(AuditEntry entry, Delivery delivery) {
    return entry.action() == AuditAction.DELIVERY_RETRIED
        || (entry.action() == AuditAction.EVENT_REPLAYED
            && entry.changes().stream()
                .anyMatch(
                    change ->
                        change.field().equals("endpoints")
                            && String.valueOf(change.after())
                                .contains(delivery.endpoint().toString())));
  }

  private static Cause cause(AuditEntry entry) {
    String how = entry.action() == AuditAction.DELIVERY_RETRIED ? "" : "with the event, ";
    return Cause.of(entry.at(), how + "by " + entry.actor().name());
  }

  private static Cause cause(ReplayJob job) {
    return new Cause(job.startedAt(), "by replay", job.id().toString());
  }

  private static boolean contains(ReplayWindow window, Delivery delivery) {
    return window.created().contains(delivery.createdAt())
        && (window.endpoint() == null || window.endpoint().equals(delivery.endpoint()))
        && (window.types().isEmpty() || window.types().contains(delivery.type()))
        && (window.event() == null || window.event().equals(delivery.event()));
  }

  /**
   * Returns the cause of an attempt outside the delivery's schedule: the last action before the
   * attempt.
   */
  Optional<Cause> of(Attempt attempt, Attempt previous) {
    Instant from = previous.startedAt();
    Instant until = attempt.startedAt();
    List<Cause> fit =
        causes.stream().filter(c -> c.at().isAfter(from) && !c.at().isAfter(until)).toList();
    if (!fit.isEmpty()) {
      return Optional.of(fit.get(fit.size() - 1));
    }
    return previous.outcome().isSuccess()
        ? Optional.of(Cause.of(attempt.startedAt(), ""))
        : Optional.empty();
  }

  /**
   * Returns who skipped a blocked delivery after an attempt.
   *
   * @param next the next attempt, or null if there is none
   */
  Optional<Cause> skip(Attempt attempt, @Nullable Attempt next) {
    return skips.stream()
        .filter(skip -> !skip.at().isBefore(attempt.startedAt()))
        .filter(skip -> next == null || skip.at().isBefore(next.startedAt()))
        .findFirst();
  }
}
