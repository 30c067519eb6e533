package dev.hookferry.http.console.events;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.http.console.deliveries.RetryTime;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.FutureResult;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.DisplayTime;
import dev.hookferry.http.console.text.PrettyJson;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.refusal.RefusedException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One event: what it says, what became of it, and to whom it can be sent. */
public final class EventPage {
  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public EventPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * What is shown.
   *
   * @param pretty the payload with line breaks, or as it is if it is no JSON
   * @param raw the payload byte for byte, as UTF-8
   * @param wanted whether it has a delivery
   * @param hindrance what keeps all deliveries of the site, or an empty text
   * @param targets where it went, and where it can be sent
   */
  public record View(
      String id,
      String type,
      DisplayTime accepted,
      DisplayTime occurred,
      int size,
      String pretty,
      String raw,
      boolean wanted,
      String hindrance,
      List<EventTarget> targets) {}

  public ConsoleReply show(Visit visit) {
    Events.Seen seen = webhooks.events().get(visit.site(), id(visit));
    Event event = seen.event();
    View view =
        new View(
            event.id().value(),
            event.type().name(),
            DisplayTime.of(event.acceptedAt(), visit.now()),
            DisplayTime.of(event.occurredAt(), visit.now()),
            event.payload().size(),
            PrettyJson.of(event.payload()),
            event.payload().text(),
            !seen.deliveries().isEmpty(),
            new RetryTime(webhooks, visit.now()).hindrance(visit.site()),
            EventTarget.of(event, seen.deliveries(), webhooks, visit));
    Frame frame = frames.of(visit, Nav.EVENTS, "Event");
    return TemplateRenderer.page((out, i) -> JteEventGenerated.render(out, i, frame, view));
  }

  /** Sends it to the chosen endpoints, again or for the first time. */
  public ConsoleReply replay(Visit visit) {
    String back = visit.path("/events/" + id(visit));
    List<String> chosen = visit.form().texts("endpoint");
    if (chosen.isEmpty()) {
      return visit.refused(back, "Choose at least one endpoint to send it to.");
    }
    Set<EndpointId> before =
        webhooks.events().get(visit.site(), id(visit)).deliveries().stream()
            .map(Delivery::endpoint)
            .collect(Collectors.toSet());
    try {
      List<EndpointId> endpoints = chosen.stream().map(EndpointId::parse).distinct().toList();
      var unused =
          FutureResult.of(visit.webhooks().events().replay(visit.site(), id(visit), endpoints));
      long again = endpoints.stream().filter(before::contains).count();
      return visit.done(back, told(again, endpoints.size() - again));
    } catch (RefusedException e) {
      return visit.refused(back, e.getMessage());
    }
  }

  private static String told(long again, long firstTime) {
    String repeated = "sent again to " + count(again);
    String fresh = "sent for the first time to " + count(firstTime);
    if (firstTime == 0) {
      return "The event is " + repeated + ".";
    }
    return "The event is " + (again == 0 ? fresh : repeated + ", and " + fresh) + ".";
  }

  private static String count(long endpoints) {
    return endpoints == 1 ? "1 endpoint" : endpoints + " endpoints";
  }

  private static EventId id(Visit visit) {
    return visit.id("id", "event", EventId::new);
  }
}
