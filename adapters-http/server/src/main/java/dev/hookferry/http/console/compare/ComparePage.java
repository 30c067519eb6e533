package dev.hookferry.http.console.compare;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.http.console.deliveries.AttemptView;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.list.LastAttempts;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The comparison page of two attempts of a delivery: the newest two, unless the URL names others.
 */
public final class ComparePage {
  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public ComparePage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /** An attempt to choose from. */
  public record Choice(String id, String text) {}

  /**
   * Content of the page.
   *
   * @param delivery the delivery's id
   * @param choices the newest 500 attempts, newest first
   * @param comparison null if there are not two attempts
   */
  public record View(
      String delivery, String type, List<Choice> choices, @Nullable AttemptComparison comparison) {}

  public ConsoleReply show(Visit visit) {
    DeliveryId id = visit.id("id", "delivery", DeliveryId::parse);
    Delivery delivery = webhooks.deliveries().get(visit.site(), id);
    List<Attempt> newestFirst =
        webhooks
            .deliveries()
            .attempts(AttemptQuery.ofSite(visit.site()).delivery(id).limit(PageRequest.MAX_LIMIT))
            .data();
    View view =
        new View(
            id.toString(),
            delivery.type().name(),
            newestFirst.stream().map(ComparePage::choice).toList(),
            newestFirst.size() < 2 ? null : comparison(visit, delivery, newestFirst));
    Frame frame = frames.of(visit, Nav.DELIVERIES, "Compare attempts");
    return TemplateRenderer.page((out, i) -> JteCompareGenerated.render(out, i, frame, view));
  }

  private static Choice choice(Attempt attempt) {
    String outcome = LastAttempts.cause(attempt.outcome());
    return new Choice(attempt.id().toString(), "Attempt " + attempt.number() + ", " + outcome);
  }

  private AttemptComparison comparison(Visit visit, Delivery delivery, List<Attempt> newestFirst) {
    Attempt second = named(newestFirst, visit.query().text("second"), newestFirst.get(0));
    int at = newestFirst.indexOf(second);
    Attempt before = newestFirst.get(Math.min(at + 1, newestFirst.size() - 1));
    Attempt first = named(newestFirst, visit.query().text("first"), before);
    boolean isInOrder = first.number() <= second.number();
    Event event = webhooks.events().get(visit.site(), delivery.event()).event();
    return AttemptComparison.of(
        side(isInOrder ? first : second, event, visit),
        side(isInOrder ? second : first, event, visit));
  }

  private static Attempt named(List<Attempt> all, String id, Attempt otherwise) {
    return all.stream()
        .filter(attempt -> attempt.id().toString().equals(id))
        .findFirst()
        .orElse(otherwise);
  }

  private AttemptComparison.Side side(Attempt attempt, Event event, Visit visit) {
    return new AttemptComparison.Side(
        attempt, AttemptView.of(attempt, webhooks.deliveries().sent(attempt, event), visit.now()));
  }
}
