package dev.hookferry.http.console.events;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
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
import dev.hookferry.query.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Where is my event? Answers in sentences. */
public final class FindPage {
  private static final String PARKED = ": processes ended while sending it. Retry it by hand.";

  private static final PageRequest MOST = new PageRequest(PageRequest.MAX_LIMIT, null);
  private static final int LONGEST = 255;

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public FindPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * A delivery in a sentence with a time in it.
   *
   * @param before what is said before the time
   * @param after what is said after it
   */
  public record Line(String id, StatePill look, String before, DisplayTime when, String after) {}

  /**
   * What became of an event.
   *
   * @param how by what it was found
   * @param matched whether anybody wanted it, in a sentence
   * @param lines its deliveries, oldest first
   */
  public record Answer(
      String id, String type, DisplayTime accepted, String how, String matched, List<Line> lines) {}

  /**
   * What is shown.
   *
   * @param asked what was asked for
   * @param answers newest first
   * @param looked where a text was looked for, in a sentence, or empty
   */
  public record View(String asked, List<Answer> answers, String looked) {}

  public ConsoleReply show(Visit visit) {
    String text = visit.query().text("q");
    String asked = text.substring(0, Math.min(LONGEST, text.length()));
    EventSearch.Result result =
        asked.isEmpty()
            ? new EventSearch.Result(List.of(), 0, false)
            : new EventSearch(webhooks, visit.site()).search(asked);
    List<Delivery> deliveries =
        result.hits().stream().flatMap(hit -> hit.seen().deliveries().stream()).toList();
    LastAttempts last = LastAttempts.of(visit.site(), deliveries, webhooks.deliveries());
    List<Answer> answers = new ArrayList<>();
    result.hits().forEach(hit -> answers.add(answer(hit, last, visit)));
    View view = new View(asked, answers, looked(result));
    Frame frame = frames.of(visit, Nav.NONE, "Where is my event?");
    return TemplateRenderer.page((out, i) -> JteFindGenerated.render(out, i, frame, view));
  }

  private static String looked(EventSearch.Result result) {
    if (result.read() == 0) {
      return "";
    }
    String which =
        result.more() ? "the newest " + result.read() : "all " + result.read() + " events:";
    return "Looked into "
        + which
        + (result.more() ? " events only: " : " ")
        + "the fields of the payload and of the objects directly in it."
        + (result.more() ? " What is older is found by an id or an idempotency key." : "");
  }

  private Answer answer(EventSearch.Hit hit, LastAttempts last, Visit visit) {
    Event event = hit.seen().event();
    EndpointList targets = new EndpointList(webhooks.endpoints(), visit.site());
    List<Line> lines = new ArrayList<>();
    hit.seen()
        .deliveries()
        .forEach(delivery -> lines.add(line(delivery, last, targets, visit.now())));
    return new Answer(
        event.id().value(),
        event.type().name(),
        DisplayTime.of(event.acceptedAt(), visit.now()),
        hit.how(),
        matched(hit.seen(), visit),
        lines);
  }

  private String matched(Events.Seen seen, Visit visit) {
    int count = seen.deliveries().size();
    if (count > 0) {
      return "It goes to " + count + (count == 1 ? " endpoint." : " endpoints.");
    }
    if (!webhooks.settings().get(visit.site()).webHooksEnabled()) {
      return "It matched nobody. webHooksEnabled is off at this site: events that come while it is"
          + " off are kept, and make no deliveries.";
    }
    long wantNow =
        webhooks.endpoints().list(visit.site(), MOST).data().stream()
            .filter(endpoint -> endpoint.wants(seen.event().type()))
            .count();
    return "It matched nobody: when it came, no endpoint wanted "
        + seen.event().type()
        + ", or webHooksEnabled was off. "
        + (wantNow == 0
            ? "None does now."
            : "Today " + wantNow + " would: send it to them from its page.");
  }

  private Line line(Delivery delivery, LastAttempts last, EndpointList targets, Instant now) {
    String url = targets.url(delivery.endpoint());
    String made = attempts(delivery.attempts());
    String id = delivery.id().toString();
    StatePill look = StatePill.of(delivery.state());
    DisplayTime settled = DisplayTime.of(delivery.settledAt(), now);
    DisplayTime due = DisplayTime.of(delivery.dueAt(), now);
    return switch (delivery.state()) {
      case DELIVERED -> new Line(id, look, "Delivered to " + url, settled, ", after " + made + ".");
      case EXHAUSTED ->
          new Line(
              id,
              look,
              "Given up for " + url,
              settled,
              ", after " + made + ". " + last.error(delivery));
      case POISONED -> new Line(id, look, "Parked for " + url, settled, PARKED);
      case CANCELLED ->
          new Line(id, look, "Cancelled for " + url, settled, ", after " + made + ".");
      case HELD ->
          new Line(
              id,
              look,
              "Held for " + url,
              DisplayTime.EMPTY,
              "after " + made + ". " + WaitingRow.why(webhooks, delivery, last, targets, now));
      case PENDING ->
          new Line(
              id,
              look,
              "On its way to " + url + ", due",
              due,
              ", after " + made + ". " + WaitingRow.why(webhooks, delivery, last, targets, now));
    };
  }

  private static String attempts(int made) {
    return switch (made) {
      case 0 -> "no attempt";
      case 1 -> "one attempt";
      default -> made + " attempts";
    };
  }
}
