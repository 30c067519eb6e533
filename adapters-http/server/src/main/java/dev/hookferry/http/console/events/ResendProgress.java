package dev.hookferry.http.console.events;

import dev.hookferry.Deliveries;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.console.deliveries.FollowUp;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Progress of an event that was just sent to chosen endpoints, until each attempt has an outcome.
 */
final class ResendProgress {
  /**
   * The query parameter with the start time of the newest earlier attempt and the number of
   * endpoints.
   */
  static final String FIELD = "sent";

  private static final Pattern VALUE = Pattern.compile("(\\d{1,15})-(\\d{1,4})");

  private ResendProgress() {}

  /** Returns when the newest attempt began, in milliseconds; 0 if there was none. */
  static String newest(SiteId site, List<Delivery> deliveries, Deliveries log) {
    return Long.toString(
        last(site, deliveries, log).stream()
            .mapToLong(attempt -> attempt.startedAt().toEpochMilli())
            .max()
            .orElse(0));
  }

  private static Collection<Attempt> last(SiteId site, List<Delivery> all, Deliveries log) {
    Set<DeliveryId> ids =
        all.stream().map(Delivery::id).limit(PageRequest.MAX_LIMIT).collect(Collectors.toSet());
    Map<DeliveryId, Attempt> found = ids.isEmpty() ? Map.of() : log.lastAttempts(site, ids);
    return found.values();
  }

  /** Returns the progress so far; null if the page follows no resend. */
  static @Nullable FollowUp of(Visit visit, List<Delivery> deliveries, Webhooks webhooks) {
    Matcher matcher = VALUE.matcher(visit.query().text(FIELD));
    if (!matcher.matches()) {
      return null;
    }
    Instant before = Instant.ofEpochMilli(Long.parseLong(matcher.group(1)));
    int all = Integer.parseInt(matcher.group(2));
    List<Attempt> made =
        last(visit.site(), deliveries, webhooks.deliveries()).stream()
            .filter(attempt -> attempt.startedAt().toEpochMilli() > before.toEpochMilli())
            .toList();
    int delivered = (int) made.stream().filter(one -> one.outcome().isSuccess()).count();
    int failed = made.size() - delivered;
    int open = Math.max(0, all - made.size());
    EndpointList targets = new EndpointList(webhooks, visit.site());
    int later =
        (int)
            deliveries.stream()
                .filter(one -> !one.state().isFinal())
                .flatMap(one -> targets.find(one.endpoint()).stream())
                .filter(one -> webhooks.endpoints().health(one).isOnHold())
                .count();
    return open == 0 ? ended(delivered, failed) : running(all, delivered, failed, open, later);
  }

  private static FollowUp ended(int delivered, int failed) {
    if (failed == 0) {
      return new FollowUp("good", "Delivered to " + NumberText.counted(delivered, "endpoint"), "");
    }
    String title = "The attempt failed at " + NumberText.counted(failed, "endpoint");
    String rest =
        delivered == 0 ? "" : "Delivered to " + NumberText.counted(delivered, "endpoint") + ". ";
    return new FollowUp("bad", title, rest + "The reasons are below.");
  }

  private static FollowUp running(int all, int delivered, int failed, int open, int later) {
    if (later >= open) {
      String done = delivered + failed == 0 ? "" : counts(delivered, failed) + ". ";
      return new FollowUp(
          "wait",
          "Not sent to " + NumberText.counted(open, "endpoint") + " yet",
          done + (open == 1 ? "It is" : "They are") + " on hold; the reason is below.");
    }
    return new FollowUp(
        "plain",
        "Sending to " + NumberText.counted(all, "endpoint") + "…",
        counts(delivered, failed) + ", " + NumberText.of(open) + " to come.");
  }

  private static String counts(int delivered, int failed) {
    return NumberText.of(delivered) + " delivered, " + NumberText.of(failed) + " failed";
  }
}
