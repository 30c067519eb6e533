package dev.hookferry.http.console.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.ListFilters;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.query.Page;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists the deliveries of a site with filters, and retries selected ones. */
public final class DeliveriesPage {
  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public DeliveriesPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * Content of the page.
   *
   * @param rows newest first
   * @param next the query of the next page, or null on the last
   * @param query the query of this list, to return to it
   * @param filter the filters as typed
   * @param choices the values to choose from
   * @param problems what is wrong with the filters
   */
  public record View(
      List<DeliveryRow> rows,
      @Nullable String next,
      String query,
      Filter filter,
      Choices choices,
      List<Problem> problems) {}

  /** The filters as typed. */
  public record Filter(
      String status, String endpoint, String type, String event, String since, String until) {
    public boolean isAny() {
      return Stream.of(status, endpoint, type, event, since, until).allMatch(String::isEmpty);
    }
  }

  /** The values to choose from. */
  public record Choices(List<String> statuses, List<String> types) {}

  public ConsoleReply show(Visit visit) {
    FormValues query = visit.query();
    EndpointList targets = new EndpointList(webhooks, visit.site());
    List<Problem> problems = List.of();
    Page<Delivery> page = new Page<>(List.of(), null);
    try {
      page = webhooks.deliveries().list(ListFilters.deliveries(visit.site(), query, targets));
    } catch (InvalidException e) {
      problems = e.problems();
    }
    List<DeliveryRow> rows =
        page.data().stream().map(d -> DeliveryRow.of(d, targets, visit.now())).toList();
    String next = page.next() == null ? null : query.queryWith("cursor", page.next());
    View view =
        new View(rows, next, query.query(), filter(query, targets), choices(visit), problems);
    Frame frame = frames.of(visit, Nav.DELIVERIES, "Deliveries");
    return TemplateRenderer.page(
        problems.isEmpty() ? 200 : 400,
        (out, i) -> JteDeliveriesGenerated.render(out, i, frame, view));
  }

  /** Retries the selected deliveries; asks first if some of them were delivered already. */
  public ConsoleReply retry(Visit visit) {
    SelectedDeliveries chosen = SelectedDeliveries.of(visit.form());
    String back = visit.path("/deliveries") + visit.query().query();
    if (!chosen.isFit()) {
      return visit.refused(back, "Select 1 to 500 deliveries to retry.");
    }
    List<Delivery> delivered =
        visit.form().has(SendAgainQuestion.CONFIRMED)
            ? List.of()
            : chosen.delivered(webhooks.deliveries(), visit.site());
    if (!delivered.isEmpty()) {
      SendAgainQuestion question =
          new SendAgainQuestion(
              visit.path("/deliveries/retry") + visit.query().query(),
              back,
              "id",
              chosen.ids(),
              rows(delivered, visit));
      return question.confirm(frames.of(visit, Nav.DELIVERIES, "Send again"));
    }
    return chosen.each(
        visit, back, "retried", id -> visit.webhooks().deliveries().retry(visit.site(), id));
  }

  private List<DeliveryRow> rows(List<Delivery> some, Visit visit) {
    EndpointList targets = new EndpointList(webhooks, visit.site());
    return some.stream().map(d -> DeliveryRow.of(d, targets, visit.now())).toList();
  }

  private static Filter filter(FormValues query, EndpointList targets) {
    return new Filter(
        query.text("status"),
        targets.shown(query.text("endpoint")),
        query.text("type"),
        query.text("event"),
        query.text("since"),
        query.text("until"));
  }

  private static Choices choices(Visit visit) {
    return new Choices(
        Stream.of(DeliveryState.values()).map(DeliveryState::code).toList(), visit.types());
  }
}
