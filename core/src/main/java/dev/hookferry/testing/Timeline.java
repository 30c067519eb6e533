package dev.hookferry.testing;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Formatter of delivery timelines as text: the time and outcome of each attempt, and the next step.
 */
final class Timeline {
  private Timeline() {}

  /** Returns the pending deliveries of all sites, at most one page per site. */
  static List<Delivery> pending(Webhooks webhooks) {
    List<Delivery> all = new ArrayList<>();
    for (Site site : webhooks.sites().all()) {
      DeliveryQuery pending = DeliveryQuery.ofSite(site.id()).state(DeliveryState.PENDING);
      all.addAll(webhooks.deliveries().list(pending).data());
    }
    return all;
  }

  static String of(Webhooks webhooks, List<Delivery> deliveries, Instant now) {
    StringBuilder text = new StringBuilder();
    for (Delivery delivery : deliveries) {
      text.append(delivery.id()).append(" of ").append(delivery.type()).append(" to ");
      text.append(target(webhooks, delivery)).append(" is ").append(delivery.state().code());
      line(text, delivery.createdAt(), "accepted");
      Instant before = null;
      for (Attempt attempt : attempts(webhooks, delivery)) {
        line(text, attempt.startedAt(), describe(attempt, before));
        before = attempt.startedAt();
      }
      if (delivery.settledAt() != null) {
        line(text, delivery.settledAt(), delivery.state().code());
      } else {
        line(text, delivery.dueAt(), "attempt " + (delivery.attempts() + 1) + " is due");
      }
      text.append('\n');
    }
    return text.append("It is ").append(now).append(" now.").toString();
  }

  private static void line(StringBuilder text, Instant at, String description) {
    text.append("\n  ").append(at).append("  ").append(description);
  }

  static String target(Webhooks webhooks, Delivery delivery) {
    try {
      Endpoint endpoint = webhooks.endpoints().get(delivery.site(), delivery.endpoint());
      return endpoint.url().text();
    } catch (NotFoundException e) {
      return "the removed endpoint " + delivery.endpoint();
    }
  }

  private static String describe(Attempt attempt, @Nullable Instant before) {
    Outcome outcome = attempt.outcome();
    String wait =
        before == null ? "" : ", " + Duration.between(before, attempt.startedAt()) + " later";
    String result =
        outcome.response() == null
            ? outcome.kind().code()
            : Integer.toString(outcome.response().status());
    return "attempt " + attempt.number() + wait + ": " + result + " after " + outcome.took();
  }

  /** Returns the attempts of a delivery, oldest first. */
  static List<Attempt> attempts(Webhooks webhooks, Delivery delivery) {
    List<Attempt> all = new ArrayList<>();
    String cursor = null;
    do {
      AttemptQuery query = AttemptQuery.ofSite(delivery.site()).delivery(delivery.id());
      Page<Attempt> page =
          webhooks.deliveries().attempts(query.limit(PageRequest.MAX_LIMIT).after(cursor));
      all.addAll(page.data());
      cursor = page.next();
    } while (cursor != null);
    Collections.reverse(all);
    return all;
  }
}
