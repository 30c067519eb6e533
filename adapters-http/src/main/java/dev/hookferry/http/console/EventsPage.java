package dev.hookferry.http.console;

import dev.hookferry.DeliveryFilter;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventType;
import dev.hookferry.port.EventQuery;
import dev.hookferry.port.Page;
import dev.hookferry.port.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.Problems;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of a site, those that matched nobody, too. */
final class EventsPage {
  private static final PageRequest SEVERAL = new PageRequest(20, null);

  private final Webhooks webhooks;
  private final Frames frames;

  EventsPage(Webhooks webhooks, Frames frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /** An event in the list, with the looks of its deliveries, 20 at most. */
  record Row(String id, String type, Moment at, int bytes, List<Look> looks) {}

  /**
   * What is shown.
   *
   * @param rows newest first
   * @param next the query of the following page, or null on the last
   * @param types what can be chosen
   * @param problems what is wrong with the filters
   */
  record View(
      List<Row> rows,
      @Nullable String next,
      String type,
      String since,
      String until,
      List<String> types,
      List<Problem> problems) {
    boolean isAny() {
      return type.isEmpty() && since.isEmpty() && until.isEmpty();
    }
  }

  ConsoleReply show(Visit visit) {
    Values query = visit.query();
    List<Problem> problems = List.of();
    Page<Event> page = new Page<>(List.of(), null);
    try {
      page = webhooks.events().list(asked(visit, query));
    } catch (InvalidException e) {
      problems = e.problems();
    }
    List<Row> rows = new ArrayList<>();
    page.data().forEach(event -> rows.add(row(visit, event)));
    View view =
        new View(
            rows,
            page.next() == null ? null : query.queryWith("cursor", page.next()),
            query.text("type"),
            query.text("since"),
            query.text("until"),
            webhooks.settings().get(visit.site()).catalog().types().stream()
                .map(EventType::name)
                .toList(),
            problems);
    Frame frame = frames.of(visit, Nav.EVENTS, "Events");
    return Html.page(
        view.problems().isEmpty() ? 200 : 400,
        (out, i) -> JteEventsGenerated.render(out, i, frame, view));
  }

  private static EventQuery asked(Visit visit, Values query) {
    Problems problems = new Problems();
    EventType type = Filters.read(query, "type", EventType::new, problems);
    var window = Filters.window(query, problems);
    problems.throwIfAny();
    return new EventQuery(visit.site(), type, window, Filters.page(query));
  }

  private Row row(Visit visit, Event event) {
    List<Delivery> deliveries =
        webhooks
            .deliveries()
            .list(visit.site(), DeliveryFilter.ALL.of(event.id()).at(SEVERAL))
            .data();
    return new Row(
        event.id().value(),
        event.type().name(),
        Moment.of(event.acceptedAt(), visit.now()),
        event.payload().size(),
        deliveries.stream().map(delivery -> Look.of(delivery.state())).toList());
  }
}
