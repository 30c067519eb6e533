package dev.hookferry.http.console.events;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.http.console.deliveries.DeliveryRow;
import dev.hookferry.http.console.deliveries.FollowUp;
import dev.hookferry.http.console.deliveries.ResendConfirmation;
import dev.hookferry.http.console.deliveries.ResendConfirmation.Choice;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.FutureResult;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.list.RetryDelayReasons;
import dev.hookferry.http.console.text.BodyText;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.refusal.RefusedException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The page of one event with its payload and deliveries, from which users resend it. */
public final class EventPage {
  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public EventPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * Content of the page.
   *
   * @param payload the payload, byte for byte, as UTF-8
   * @param wanted whether the event has a delivery
   * @param delayReason why all deliveries of the site are delayed, or empty
   * @param followUp progress of the resend just requested, or null
   * @param states number of its deliveries by state
   * @param list the endpoints that the event was or can be sent to
   * @param facts its optional fields
   */
  public record View(
      String id,
      String type,
      DisplayTime accepted,
      DisplayTime occurred,
      BodyText payload,
      boolean wanted,
      String delayReason,
      @Nullable FollowUp followUp,
      List<EventOutcomes.Part> states,
      Listed list,
      List<EventOptionFact> facts) {}

  /**
   * A page of endpoints.
   *
   * @param wanted the URL filter as typed
   * @param sent endpoints of this page with a delivery
   * @param unsent endpoints of this page without one
   * @param total number on all pages
   * @param allUnsent number without a delivery on all pages
   * @param previous the query of the previous page, or null on the first
   * @param next the query of the next page, or null on the last
   */
  public record Listed(
      String wanted,
      List<EventTarget> sent,
      List<EventTarget> unsent,
      int total,
      int allUnsent,
      @Nullable String previous,
      @Nullable String next) {
    /** Returns whether a delivery to any of them is on hold. */
    public boolean isAnyHeld() {
      return sent.stream().anyMatch(row -> row.pill().word().equals(StatePill.ON_HOLD));
    }

    /** Returns the title of the endpoints without a delivery. */
    public String unsentTitle() {
      String all = NumberText.counted(allUnsent, "endpoint") + " did not get it";
      return unsent.size() == allUnsent ? all : all + " (" + unsent.size() + " on this page)";
    }

    /** Returns whether the event can be sent to any of them. A test cannot. */
    public boolean isSendable() {
      return !unsent.isEmpty() || countSendable() > 0;
    }

    /** Returns the number of deliveries whose endpoint still exists. */
    public int countSendable() {
      return (int) sent.stream().filter(row -> !row.endpoint().isEmpty()).count();
    }
  }

  public ConsoleReply show(Visit visit) {
    Events.Details details = webhooks.events().get(visit.site(), id(visit));
    Event event = details.event();
    View view =
        new View(
            event.id().value(),
            event.type().name(),
            DisplayTime.of(event.acceptedAt(), visit.now()),
            DisplayTime.of(event.occurredAt(), visit.now()),
            BodyText.of(event.payload().text(), NumberText.counted(event.payload().size(), "byte")),
            !details.deliveries().isEmpty(),
            new RetryDelayReasons(webhooks).delayReason(visit.site()),
            ResendProgress.of(visit, details.deliveries(), webhooks),
            states(event.type(), details.deliveries()),
            listed(details, visit),
            EventOptionFact.of(event, targets(visit)));
    Frame frame = frames.of(visit, Nav.EVENTS, view.type() + " event");
    return TemplateRenderer.page((out, i) -> JteEventGenerated.render(out, i, frame, view));
  }

  private EndpointList targets(Visit visit) {
    return new EndpointList(webhooks, visit.site());
  }

  private static List<EventOutcomes.Part> states(EventType type, List<Delivery> deliveries) {
    Map<DeliveryState, Integer> states = new EnumMap<>(DeliveryState.class);
    deliveries.forEach(delivery -> states.merge(delivery.state(), 1, Integer::sum));
    return states.entrySet().stream()
        .map(one -> new EventOutcomes.Part(StatePill.of(one.getKey(), type), one.getValue()))
        .toList();
  }

  private Listed listed(Events.Details details, Visit visit) {
    String wanted = visit.query().text("url");
    String typed = visit.query().text("page");
    int page = typed.matches("[0-9]{1,6}") ? Integer.parseInt(typed) : 0;
    EventTarget.Part part = EventTarget.of(details, webhooks, visit, wanted, page);
    boolean last = (page + 1) * EventTarget.PAGE >= part.total();
    return new Listed(
        wanted,
        part.rows().stream().filter(row -> !row.isUnsent()).toList(),
        part.rows().stream().filter(EventTarget::isUnsent).toList(),
        part.total(),
        part.unsent(),
        page == 0 ? null : visit.query().queryWith("page", Integer.toString(page - 1)),
        last ? null : visit.query().queryWith("page", Integer.toString(page + 1)));
  }

  /**
   * Sends the event to the selected endpoints. Asks for confirmation before sending it to an
   * endpoint again.
   */
  public ConsoleReply replay(Visit visit) {
    String back = visit.path("/events/" + id(visit)) + visit.query().query();
    List<String> chosen = visit.form().texts("endpoint");
    if (chosen.isEmpty()) {
      return visit.refused(back, "Select at least one endpoint.");
    }
    List<Delivery> known = webhooks.events().get(visit.site(), id(visit)).deliveries();
    EndpointList targets = new EndpointList(webhooks, visit.site());
    List<Delivery> delivered =
        known.stream()
            .filter(delivery -> !delivery.type().equals(EventType.TEST))
            .filter(delivery -> targets.find(delivery.endpoint()).isPresent())
            .filter(delivery -> delivery.state() == DeliveryState.DELIVERED)
            .filter(delivery -> chosen.contains(delivery.endpoint().toString()))
            .toList();
    if (!delivered.isEmpty() && !visit.form().has(ResendConfirmation.CONFIRMED)) {
      return question(visit, back, chosen, known);
    }
    String since = ResendProgress.newest(visit.site(), known, webhooks.deliveries());
    try {
      List<EndpointId> endpoints = chosen.stream().map(EndpointId::parse).distinct().toList();
      var unused =
          FutureResult.of(visit.webhooks().events().resend(visit.site(), id(visit), endpoints));
      return ConsoleReply.seeOther(
          visit.path("/events/" + id(visit))
              + visit.query().queryWith(ResendProgress.FIELD, since + "-" + endpoints.size()));
    } catch (RefusedException e) {
      return visit.refused(back, e.getMessage());
    }
  }

  private ConsoleReply question(
      Visit visit, String back, List<String> chosen, List<Delivery> known) {
    EndpointList targets = new EndpointList(webhooks, visit.site());
    List<Delivery> sent =
        known.stream()
            .filter(delivery -> chosen.contains(delivery.endpoint().toString()))
            .sorted(Comparator.comparing(one -> one.state() != DeliveryState.DELIVERED))
            .toList();
    Set<EndpointId> reached = sent.stream().map(Delivery::endpoint).collect(Collectors.toSet());
    String type = known.get(0).type().name();
    Stream<Choice> others =
        targets.all().stream()
            .filter(one -> chosen.contains(one.id().toString()) && !reached.contains(one.id()))
            .map(one -> Choice.of(one, type));
    long delivered = sent.stream().filter(d -> d.state() == DeliveryState.DELIVERED).count();
    return new ResendConfirmation(
            visit.path("/events/" + id(visit) + "/replay") + visit.query().query(),
            back,
            "endpoint",
            chosen,
            Stream.concat(
                    sent.stream().map(d -> Choice.of(DeliveryRow.of(d, targets, visit.now()))),
                    others)
                .toList(),
            (int) delivered,
            "to " + NumberText.counted(chosen.size(), "endpoint"))
        .confirm(frames.of(visit, Nav.EVENTS, "Resend"));
  }

  private static EventId id(Visit visit) {
    return visit.id("id", "event", EventId::new);
  }
}
