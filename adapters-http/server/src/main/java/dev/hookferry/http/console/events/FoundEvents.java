package dev.hookferry.http.console.events;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Event;
import dev.hookferry.http.console.deliveries.WaitingRow;
import dev.hookferry.http.console.events.FindPage.FoundEvent;
import dev.hookferry.http.console.events.FindPage.Line;
import dev.hookferry.http.console.events.FindPage.NotSent;
import dev.hookferry.http.console.events.FindPage.Unsent;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.list.LastAttempts;
import dev.hookferry.http.console.list.PayloadField;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.DeliveryReason;
import dev.hookferry.routing.EndpointRouting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The outcomes of the found events of one site, with a line per delivery. */
public final class FoundEvents {
  private static final String POISONED = "sending it crashed the server twice";
  private static final int MAX_LINES = 20;
  private static final int MAX_UNSENT = 10;

  private final Webhooks webhooks;
  private final SiteId site;
  private final String field;
  private final Instant now;
  private final List<Endpoint> endpoints;
  private final Map<EventType, List<Endpoint>> subscribed = new HashMap<>();

  /**
   * Creates the results for a site.
   *
   * @param field the payload field to show, or empty
   */
  FoundEvents(Webhooks webhooks, SiteId site, String field, Instant now) {
    this.webhooks = webhooks;
    this.site = site;
    this.field = field;
    this.now = now;
    endpoints = new EndpointList(webhooks, site).all();
  }

  /** Returns the names of the fields by which events were found. */
  static String fields(List<FoundEvent> found) {
    return found.stream()
        .map(FoundEvent::field)
        .filter(name -> !name.isEmpty())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /**
   * Returns the query for a site's deliveries with the value by which all events were found. Empty
   * if they were found by different values or not by a search field, or if the search has filters
   * that the list of deliveries does not support.
   */
  public static String deliveries(FindPage.View view, String site) {
    Set<String> values =
        view.found().stream()
            .map(one -> isSearched(one, view, site) ? one.field() + ":" + one.how() : "")
            .collect(Collectors.toSet());
    String value = values.size() == 1 ? values.iterator().next() : "";
    return value.isEmpty() || !view.bar().chips().isEmpty()
        ? ""
        : "?data=" + FormValues.encoded(value);
  }

  private static boolean isSearched(FoundEvent one, FindPage.View view, String site) {
    return one.site().equals(site)
        && view.fields().contains(one.field())
        && !one.how().endsWith("…");
  }

  /** Returns the lines of each found event. */
  List<FoundEvent> of(List<EventSearch.Hit> hits) {
    List<Delivery> deliveries =
        hits.stream().flatMap(hit -> hit.details().deliveries().stream()).toList();
    LastAttempts last = LastAttempts.of(site, deliveries, webhooks.deliveries());
    return hits.stream().map(hit -> foundEvent(hit, last)).toList();
  }

  private FoundEvent foundEvent(EventSearch.Hit hit, LastAttempts last) {
    Event event = hit.details().event();
    EndpointList targets = new EndpointList(webhooks, site);
    List<Line> lines = new ArrayList<>();
    List<Delivery> all = hit.details().deliveries();
    all.stream()
        .sorted(Comparator.comparing(d -> d.state() == DeliveryState.DELIVERED))
        .limit(MAX_LINES)
        .forEach(delivery -> lines.add(line(delivery, last, targets)));
    return new FoundEvent(
        site.value(),
        event.id().value(),
        event.type().name(),
        DisplayTime.of(event.acceptedAt(), now),
        hit.field(),
        hit.how(),
        field.isEmpty() ? "" : PayloadField.of(event.payload(), field),
        matched(hit.details()),
        lines,
        all.size() - lines.size(),
        notSent(hit.details(), targets));
  }

  /**
   * Returns the endpoints that did not receive the event, with reasons. None for a test, which is
   * sent to only one endpoint.
   */
  private NotSent notSent(Events.Details details, EndpointList targets) {
    Event event = details.event();
    if (event.type().equals(EventType.TEST)) {
      return NotSent.NONE;
    }
    Set<EndpointId> reached =
        details.deliveries().stream().map(Delivery::endpoint).collect(Collectors.toSet());
    long present = reached.stream().filter(id -> targets.find(id).isPresent()).count();
    List<Endpoint> some =
        Stream.concat(
                subscribed.computeIfAbsent(event.type(), this::subscribed).stream(),
                endpoints.stream())
            .filter(endpoint -> !reached.contains(endpoint.id()))
            .distinct()
            .limit(MAX_UNSENT)
            .toList();
    List<Unsent> unsent =
        webhooks.events().routing(event, some, Map.of()).stream()
            .map(routing -> unsent(routing, event))
            .toList();
    return new NotSent(unsent, endpoints.size() - (int) present);
  }

  private List<Endpoint> subscribed(EventType type) {
    return endpoints.stream().filter(endpoint -> endpoint.isSubscribedTo(type)).toList();
  }

  private static Unsent unsent(EndpointRouting routing, Event event) {
    Endpoint endpoint = routing.endpoint();
    String mismatch = routing.mismatch() == null ? "" : ": " + routing.mismatch();
    return new Unsent(
        endpoint.id().toString(), endpoint.name(), EventTarget.reason(routing, event) + mismatch);
  }

  private String matched(Events.Details details) {
    int count = details.deliveries().size();
    if (count > 0) {
      return NumberText.of(count) + (count == 1 ? " delivery" : " deliveries");
    }
    if (!webhooks.settings().get(site).webHooksEnabled()) {
      return "No deliveries: webHooksEnabled is off for this site. Events arriving while it is off"
          + " are kept, and create no deliveries.";
    }
    long now =
        new EndpointList(webhooks, site)
            .all().stream()
                .filter(endpoint -> endpoint.isSubscribedTo(details.event().type()))
                .count();
    return "No deliveries: no endpoint was subscribed to "
        + details.event().type()
        + " when it arrived, or webHooksEnabled was off. "
        + (now == 0
            ? "None is subscribed now."
            : now
                + (now == 1 ? " is" : " are")
                + " subscribed now: send it to them from its page.");
  }

  private Line line(Delivery delivery, LastAttempts last, EndpointList targets) {
    int attempts = delivery.attempts();
    String made = attempts == 0 ? "not sent yet" : NumberText.counted(attempts, "attempt");
    String failure = last.failure(delivery);
    String tried = failure.isEmpty() ? made : made + ", " + failure;
    DeliveryReason reason = targets.reason(delivery);
    String words =
        switch (delivery.state()) {
          case DELIVERED, CANCELLED, EXHAUSTED -> tried + " · ";
          case POISONED -> POISONED + " · ";
          case PENDING ->
              tried + (reason.isBackingOff() ? ", next probe of the endpoint " : ", next attempt ");
          case HELD, WAITING, BLOCKED ->
              tried + ", " + reason.text().replaceFirst("^on hold: ", "");
        };
    DisplayTime when =
        switch (delivery.state()) {
          case PENDING -> WaitingRow.until(delivery, reason, now);
          case HELD, WAITING, BLOCKED -> DisplayTime.EMPTY;
          default -> DisplayTime.of(delivery.settledAt(), now);
        };
    boolean isThere = targets.find(delivery.endpoint()).isPresent();
    return new Line(
        delivery.id().toString(),
        StatePill.of(delivery.state(), delivery.type()),
        isThere ? delivery.endpoint().toString() : "",
        targets.name(delivery.endpoint()),
        words,
        when);
  }
}
