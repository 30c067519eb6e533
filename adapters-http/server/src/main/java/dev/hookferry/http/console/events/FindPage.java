package dev.hookferry.http.console.events;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.http.console.deliveries.LastAttempts;
import dev.hookferry.http.console.deliveries.WaitingRow;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.DisplayTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers the question "Where is my event?" in sentences. */
public final class FindPage {
  private static final String POISONED = ": it crashed the process twice. Retry it by hand.";

  private static final int MOST_LINES = 20;
  private static final int LONGEST = 255;

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public FindPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * A delivery as a sentence that contains a time.
   *
   * @param before the text before the time
   * @param after the text after it
   */
  public record Line(String id, StatePill look, String before, DisplayTime when, String after) {}

  /**
   * The deliveries of a found event.
   *
   * @param how what matched the search
   * @param matched number of deliveries, or why there are none, in a sentence
   * @param lines its deliveries, undelivered ones first
   * @param others number of further deliveries
   */
  public record Answer(
      String id,
      String type,
      DisplayTime accepted,
      String how,
      String matched,
      List<Line> lines,
      int others) {}

  /**
   * Content of the page.
   *
   * @param asked the search text
   * @param answers newest first
   * @param absent what is known if nothing was found, in sentences; empty otherwise
   * @param searched how far a text was searched for, in a sentence, or empty
   * @param further query that searches older events, or null if there are none
   * @param continued whether the search began at older events
   */
  public record View(
      String asked,
      List<Answer> answers,
      String absent,
      String searched,
      @Nullable String further,
      boolean continued) {}

  public ConsoleReply show(Visit visit) {
    String text = visit.query().text("q");
    String asked = text.substring(0, Math.min(LONGEST, text.length()));
    String from = visit.query().text("from");
    EventSearch.Result result =
        asked.isEmpty()
            ? EventSearch.Result.NOTHING
            : new EventSearch(webhooks, visit.site()).search(asked, from.isEmpty() ? null : from);
    List<Delivery> deliveries =
        result.hits().stream().flatMap(hit -> hit.seen().deliveries().stream()).toList();
    LastAttempts last = LastAttempts.of(visit.site(), deliveries, webhooks.deliveries());
    List<Answer> answers = new ArrayList<>();
    result.hits().forEach(hit -> answers.add(answer(hit, last, visit)));
    String further = result.next() == null ? null : visit.query().queryWith("from", result.next());
    View view =
        new View(
            asked,
            answers,
            absent(asked, result, !from.isEmpty()),
            searched(result, visit),
            further,
            !from.isEmpty());
    Frame frame = frames.of(visit, Nav.NONE, "Where is my event?");
    return TemplateRenderer.page((out, i) -> JteFindGenerated.render(out, i, frame, view));
  }

  /**
   * Returns what is known if nothing was found. A search says nothing about events and fields that
   * it did not read.
   *
   * @param continued whether the search began at older events
   */
  private static String absent(String asked, EventSearch.Result result, boolean continued) {
    if (asked.isEmpty() || !result.hits().isEmpty()) {
      return "";
    }
    if (continued) {
      return result.next() == null
          ? "No older event contains this text in a field that is searched."
          : "Even older events have not been searched for this text yet.";
    }
    String ids = "No event has this id or idempotency key, and no delivery has this id.";
    if (asked.length() < EventSearch.SHORTEST_TEXT) {
      return ids + " A text needs at least three characters to be searched for.";
    }
    return result.next() == null
        ? ids + " No retained event contains this text in a field that is searched."
        : ids + " Older events have not been searched for this text yet.";
  }

  private static String searched(EventSearch.Result result, Visit visit) {
    Instant oldest = result.oldest();
    if (oldest == null) {
      return "";
    }
    String which =
        result.next() == null
            ? "Searched all " + result.read() + " events"
            : "Searched " + result.read() + " events";
    String continued = visit.query().text("from").isEmpty() ? "" : " further";
    return which
        + continued
        + ", back to "
        + DisplayTime.of(oldest, visit.now()).exact()
        + ": top-level fields of the payload, and of the objects directly in it.";
  }

  private Answer answer(EventSearch.Hit hit, LastAttempts last, Visit visit) {
    Event event = hit.seen().event();
    EndpointList targets = new EndpointList(webhooks, visit.site());
    List<Line> lines = new ArrayList<>();
    List<Delivery> all = hit.seen().deliveries();
    all.stream()
        .sorted(Comparator.comparing(d -> d.state() == DeliveryState.DELIVERED))
        .limit(MOST_LINES)
        .forEach(delivery -> lines.add(line(delivery, last, targets, visit.now())));
    return new Answer(
        event.id().value(),
        event.type().name(),
        DisplayTime.of(event.acceptedAt(), visit.now()),
        hit.how(),
        matched(hit.seen(), visit),
        lines,
        all.size() - lines.size());
  }

  private String matched(Events.Seen seen, Visit visit) {
    int count = seen.deliveries().size();
    if (count > 0) {
      return "It has " + count + (count == 1 ? " delivery." : " deliveries.");
    }
    if (!webhooks.settings().get(visit.site()).webHooksEnabled()) {
      return "No deliveries: webHooksEnabled is off for this site. Events that come while it is off"
          + " are kept, and create no deliveries.";
    }
    long now =
        new EndpointList(webhooks, visit.site())
            .all().stream()
                .filter(endpoint -> endpoint.isSubscribedTo(seen.event().type()))
                .count();
    return "No deliveries: no endpoint was subscribed to "
        + seen.event().type()
        + " when it came, or webHooksEnabled was off. "
        + (now == 0
            ? "None is subscribed now."
            : now
                + (now == 1 ? " is" : " are")
                + " subscribed now: send it to them from its page.");
  }

  private static String reason(Delivery delivery, EndpointList targets) {
    return ": " + targets.reason(delivery).text() + ".";
  }

  private Line line(Delivery delivery, LastAttempts last, EndpointList targets, Instant now) {
    String url = targets.url(delivery.endpoint());
    String made = attempts(delivery.attempts());
    String id = delivery.id().toString();
    StatePill look = StatePill.of(delivery.state());
    DisplayTime settled = DisplayTime.of(delivery.settledAt(), now);
    return switch (delivery.state()) {
      case DELIVERED -> new Line(id, look, "Delivered to " + url, settled, ", after " + made + ".");
      case EXHAUSTED ->
          new Line(
              id,
              look,
              "Exhausted for " + url,
              settled,
              ", after " + made + ". " + last.error(delivery));
      case POISONED -> new Line(id, look, "Poisoned for " + url, settled, POISONED);
      case CANCELLED ->
          new Line(id, look, "Cancelled for " + url, settled, ", after " + made + ".");
      case WAITING ->
          new Line(id, look, "Waiting for " + url, DisplayTime.EMPTY, reason(delivery, targets));
      case BLOCKED ->
          new Line(id, look, "Blocked for " + url, DisplayTime.EMPTY, reason(delivery, targets));
      case HELD ->
          new Line(
              id,
              look,
              "On hold for " + url,
              DisplayTime.EMPTY,
              "after " + made + ". " + WaitingRow.reason(delivery, last, targets));
      case PENDING ->
          new Line(
              id,
              look,
              "Pending for " + url + ", next attempt",
              WaitingRow.until(delivery, targets.reason(delivery), now),
              ", after " + made + ". " + WaitingRow.reason(delivery, last, targets));
    };
  }

  private static String attempts(int made) {
    return switch (made) {
      case 0 -> "no attempt";
      case 1 -> "1 attempt";
      default -> made + " attempts";
    };
  }
}
