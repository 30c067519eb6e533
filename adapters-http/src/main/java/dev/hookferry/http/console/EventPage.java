package dev.hookferry.http.console;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventId;
import dev.hookferry.refusal.RefusedException;
import java.util.List;
import java.util.concurrent.CompletionException;

/** One event: what it says, and what became of it. */
final class EventPage {
  private final Webhooks webhooks;
  private final Frames frames;

  EventPage(Webhooks webhooks, Frames frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * What is shown.
   *
   * @param pretty the payload with line breaks, or as it is if it is no JSON
   * @param raw the payload byte for byte, as UTF-8
   * @param deliveries oldest first
   */
  record View(
      String id,
      String type,
      Moment accepted,
      Moment occurred,
      int size,
      String pretty,
      String raw,
      List<DeliveryRow> deliveries) {}

  ConsoleReply show(Visit visit) {
    Events.Seen seen = webhooks.events().get(visit.site(), id(visit));
    Event event = seen.event();
    Targets targets = new Targets(webhooks.endpoints(), visit.site());
    View view =
        new View(
            event.id().value(),
            event.type().name(),
            Moment.of(event.acceptedAt(), visit.now()),
            Moment.of(event.occurredAt(), visit.now()),
            event.payload().size(),
            PrettyJson.of(event.payload()),
            event.payload().text(),
            seen.deliveries().stream()
                .map(delivery -> DeliveryRow.of(delivery, targets, visit.now()))
                .toList());
    Frame frame = frames.of(visit, Nav.EVENTS, "Event");
    return Html.page((out, i) -> JteEventGenerated.render(out, i, frame, view));
  }

  /** Sends it again to the chosen ones of its endpoints. */
  ConsoleReply replay(Visit visit) {
    String back = visit.path("/events/" + id(visit));
    List<String> chosen = visit.form().texts("id");
    if (chosen.isEmpty()) {
      return visit.refused(back, "Choose at least one delivery to send again.");
    }
    Events.Seen seen = webhooks.events().get(visit.site(), id(visit));
    int sent = 0;
    try {
      for (Delivery delivery : seen.deliveries()) {
        if (chosen.contains(delivery.id().toString())) {
          var unused = retry(visit, delivery.id());
          sent++;
        }
      }
    } catch (RefusedException e) {
      return visit.refused(back, sent + " sent again; then: " + e.getMessage());
    }
    return visit.done(
        back, sent + (sent == 1 ? " delivery is" : " deliveries are") + " sent again.");
  }

  private Delivery retry(Visit visit, DeliveryId id) {
    try {
      return visit.webhooks().deliveries().retry(visit.site(), id).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RefusedException refused ? refused : e;
    }
  }

  private static EventId id(Visit visit) {
    return visit.id("id", "event", EventId::new);
  }
}
