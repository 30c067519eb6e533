package dev.hookferry.http.console.events;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Event;
import dev.hookferry.http.console.deliveries.DeliveryRow;
import dev.hookferry.http.console.deliveries.RetryTime;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.DisplayTime;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An endpoint as an event sees it: with the delivery that it has of it, or with why it has none.
 *
 * @param id a name for the row
 * @param endpoint its id, or an empty text if the event cannot be sent to it
 * @param path where the row leads, below the site
 * @param url where the event goes
 * @param look of the delivery's state
 * @param attempts how many were made
 * @param words what happens next, how it ended, or why there is no delivery
 * @param when of that
 * @param hindrance what keeps the event from going out at once, or empty
 */
public record EventTarget(
    String id,
    String endpoint,
    String path,
    String url,
    StatePill look,
    String attempts,
    String words,
    DisplayTime when,
    String hindrance) {
  /** Those that have a delivery, the oldest first; then the other endpoints of the site. */
  static List<EventTarget> of(
      Event event, List<Delivery> deliveries, Webhooks webhooks, Visit visit) {
    EndpointList targets = new EndpointList(webhooks.endpoints(), visit.site());
    Hindrances hindrances = new Hindrances(new RetryTime(webhooks, visit.now()), visit);
    boolean isTest = event.type().equals(EventType.TEST);
    List<EventTarget> all = new ArrayList<>();
    Set<EndpointId> reached = new HashSet<>();
    for (Delivery delivery : deliveries) {
      reached.add(delivery.endpoint());
      DeliveryRow row = DeliveryRow.of(delivery, targets, visit.now());
      EventTarget sent = sent(row);
      all.add(
          targets
              .find(delivery.endpoint())
              .filter(endpoint -> !isTest)
              .map(endpoint -> sent.open(endpoint, hindrances.of(endpoint)))
              .orElse(sent));
    }
    for (Endpoint other : isTest ? List.<Endpoint>of() : targets.all()) {
      if (!reached.contains(other.id())) {
        all.add(unsent(event, other).open(other, hindrances.of(other)));
      }
    }
    return all;
  }

  /** What concerns the whole site is said once, not in each row. */
  private record Hindrances(RetryTime retrying, Visit visit) {
    String of(Endpoint endpoint) {
      return retrying.hindrance(visit.site()).isEmpty() ? retrying.hindrance(endpoint) : "";
    }
  }

  private static EventTarget sent(DeliveryRow row) {
    return new EventTarget(
        row.id(),
        "",
        "/deliveries/" + row.id(),
        row.url(),
        row.look(),
        Integer.toString(row.attempts()),
        row.next(),
        row.when(),
        "");
  }

  private static EventTarget unsent(Event event, Endpoint endpoint) {
    return new EventTarget(
        endpoint.id().toString(),
        "",
        "/endpoints/" + endpoint.id(),
        endpoint.url().text(),
        StatePill.UNSENT,
        "–",
        why(event, endpoint),
        DisplayTime.EMPTY,
        "");
  }

  /** The same, to which the event can be sent. */
  private EventTarget open(Endpoint to, String hindered) {
    return new EventTarget(
        id, to.id().toString(), path, url, look, attempts, words, when, hindered);
  }

  private static String why(Event event, Endpoint endpoint) {
    if (!endpoint.wants(event.type())) {
      return "it does not name " + event.type();
    }
    return endpoint.createdAt().isAfter(event.acceptedAt())
        ? "it was registered later"
        : "it did not name " + event.type() + " then, or webHooksEnabled was off";
  }
}
