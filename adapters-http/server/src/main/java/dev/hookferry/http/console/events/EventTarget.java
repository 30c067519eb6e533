package dev.hookferry.http.console.events;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Event;
import dev.hookferry.filter.FilterMismatch;
import dev.hookferry.http.console.deliveries.DeliveryRow;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.list.LastAttempts;
import dev.hookferry.http.console.list.RetryDelayReasons;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.routing.EndpointRouting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint on the page of an event, with its delivery or the reason why there is none.
 *
 * @param id unique id of the row
 * @param endpoint the endpoint's id; empty if the event cannot be sent to it
 * @param path the row's link, relative to the site
 * @param name the endpoint's description, or its URL if it has none
 * @param url the endpoint's URL
 * @param pill the delivery's state
 * @param attempts number of attempts; empty without a delivery
 * @param words the next step, the outcome, or why there is no delivery
 * @param when the time of that step or outcome
 * @param delayReason why the event is delayed, or empty
 * @param mismatch the clause of its filter that failed, or null
 */
public record EventTarget(
    String id,
    String endpoint,
    String path,
    String name,
    String url,
    StatePill pill,
    String attempts,
    String words,
    DisplayTime when,
    String delayReason,
    @Nullable FilterMismatch mismatch) {
  /** Number of rows per page. */
  static final int PAGE = 50;

  /** The states in the order of the rows. */
  private static final List<DeliveryState> FIRST =
      List.of(
          DeliveryState.EXHAUSTED,
          DeliveryState.POISONED,
          DeliveryState.BLOCKED,
          DeliveryState.PENDING,
          DeliveryState.WAITING,
          DeliveryState.HELD,
          DeliveryState.DELIVERED,
          DeliveryState.CANCELLED);

  /**
   * The rows of one page.
   *
   * @param total number of rows on all pages
   * @param unsent how many of them have no delivery
   */
  record Part(List<EventTarget> rows, int total, int unsent) {}

  /**
   * Returns first the endpoints that have a delivery, given-up ones first, then the other endpoints
   * of the site.
   *
   * @param wanted text that the name or URL must contain; empty for all
   * @param page from 0
   */
  static Part of(Events.Details details, Webhooks webhooks, Visit visit, String wanted, int page) {
    Event event = details.event();
    EndpointList targets = new EndpointList(webhooks, visit.site());
    boolean isTest = event.type().equals(EventType.TEST);
    List<Delivery> deliveries =
        details.deliveries().stream()
            .filter(one -> isWanted(one, targets, wanted))
            .sorted(Comparator.comparingInt(one -> FIRST.indexOf(one.state())))
            .toList();
    List<Endpoint> others = isTest ? List.of() : unreached(details, targets, wanted);
    List<Delivery> sent = part(deliveries, (long) page * PAGE, PAGE);
    List<Endpoint> unsent =
        part(others, Math.max(0, (long) page * PAGE - deliveries.size()), PAGE - sent.size());
    Sent rest =
        new Sent(targets, LastAttempts.ofAll(visit.site(), sent, webhooks.deliveries()), isTest);
    DelayReasons delays = new DelayReasons(new RetryDelayReasons(webhooks), visit);
    List<EventTarget> rows = new ArrayList<>();
    sent.forEach(delivery -> rows.add(sent(delivery, rest, delays)));
    for (EndpointRouting routing : webhooks.events().routing(event, unsent, Map.of())) {
      rows.add(unsent(routing, event).open(routing.endpoint(), ""));
    }
    return new Part(rows, deliveries.size() + others.size(), others.size());
  }

  /** Returns whether the endpoint has no delivery of the event. */
  public boolean isUnsent() {
    return pill.equals(StatePill.UNSENT);
  }

  private static <T> List<T> part(List<T> all, long from, int size) {
    return all.stream().skip(from).limit(size).toList();
  }

  /** Returns the endpoints that have no delivery of an event. */
  private static List<Endpoint> unreached(
      Events.Details details, EndpointList targets, String wanted) {
    Set<EndpointId> reached =
        details.deliveries().stream().map(Delivery::endpoint).collect(Collectors.toSet());
    return targets.matching(wanted).filter(endpoint -> !reached.contains(endpoint.id())).toList();
  }

  private static boolean isWanted(Delivery delivery, EndpointList targets, String wanted) {
    return Stream.of(targets.name(delivery.endpoint()), targets.url(delivery.endpoint()))
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT)));
  }

  /** Data that all deliveries of a page share. */
  private record Sent(EndpointList targets, LastAttempts last, boolean isTest) {}

  private static EventTarget sent(Delivery delivery, Sent all, DelayReasons delays) {
    EventTarget sent =
        sent(
            DeliveryRow.of(delivery, all.targets(), delays.visit().now())
                .accepted(all.last().success(delivery))
                .because(all.last().failure(delivery)));
    return all.targets()
        .find(delivery.endpoint())
        .filter(endpoint -> !all.isTest())
        .map(
            endpoint ->
                sent.open(
                    endpoint,
                    delivery.state() == DeliveryState.HELD
                        ? ""
                        : sent.unseenPart(delays.of(endpoint, delivery))))
        .orElse(sent);
  }

  /** Finds the delay of each endpoint. Site-wide delays are shown once, not in each row. */
  private record DelayReasons(RetryDelayReasons retrying, Visit visit) {
    String of(Endpoint endpoint, Delivery delivery) {
      return retrying.delayReason(visit.site()).isEmpty()
          ? retrying.delayReason(endpoint, delivery)
          : "";
    }
  }

  /** Returns the part of a delay text that the row does not already show. */
  private String unseenPart(String delayReason) {
    return Stream.of(words, pill.word() + ": " + words)
        .filter(said -> !words.isEmpty())
        .map(said -> FieldErrors.sentence(said) + " ")
        .filter(delayReason::startsWith)
        .findFirst()
        .map(said -> delayReason.substring(said.length()))
        .orElse(delayReason);
  }

  private static EventTarget sent(DeliveryRow row) {
    return new EventTarget(
        row.id(),
        "",
        "/deliveries/" + row.id(),
        row.name(),
        row.url(),
        row.pill(),
        Integer.toString(row.attempts()),
        row.next(),
        row.when(),
        "",
        null);
  }

  private static EventTarget unsent(EndpointRouting routing, Event event) {
    Endpoint endpoint = routing.endpoint();
    return new EventTarget(
        endpoint.id().toString(),
        "",
        "/endpoints/" + endpoint.id(),
        endpoint.name(),
        endpoint.url().text(),
        StatePill.UNSENT,
        "",
        reason(routing, event),
        DisplayTime.EMPTY,
        "",
        routing.mismatch());
  }

  /** Returns a copy to which the event can be sent. */
  private EventTarget open(Endpoint to, String delayReason) {
    return new EventTarget(
        id,
        to.id().toString(),
        path,
        name,
        url,
        pill,
        attempts,
        words,
        when,
        delayReason,
        mismatch);
  }

  /** Returns why an endpoint has no delivery of an event, as a phrase. */
  static String reason(EndpointRouting routing, Event event) {
    return switch (routing.outcome()) {
      case NOT_ADDRESSED -> "not addressed";
      case LABEL -> "the event lacks a label that this endpoint requires";
      case NOT_SUBSCRIBED -> "not subscribed to " + event.type();
      case FILTER -> "its filter does not match";
      case NOT_ROUTABLE -> "the event's routing " + routing.urlProblem();
      case PAUSED -> "webHooksEnabled is off";
      case CHANGED_SINCE, DELIVERED, DISABLED ->
          routing.endpoint().createdAt().isAfter(event.acceptedAt())
              ? "created after this event"
              : "its settings have changed since, or webHooksEnabled was off at the time";
    };
  }
}
