package dev.hookferry.http.console.events;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.ListFilters;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.DisplayTime;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.query.DeliveryFilter;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.Problems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of a site, those that matched nobody, too. */
public final class EventsPage {
  private static final int MOST_PAGES = 3;

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public EventsPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /** An event in the list, with the looks of its deliveries. */
  public record Row(String id, String type, DisplayTime at, int bytes, List<StatePill> looks) {}

  /**
   * What is shown.
   *
   * @param rows newest first
   * @param next the query of the following page, or null on the last
   * @param types what can be chosen
   * @param problems what is wrong with the filters
   */
  public record View(
      List<Row> rows,
      @Nullable String next,
      String type,
      String since,
      String until,
      List<String> types,
      List<Problem> problems) {
    public boolean isAny() {
      return type.isEmpty() && since.isEmpty() && until.isEmpty();
    }
  }

  public ConsoleReply show(Visit visit) {
    FormValues query = visit.query();
    List<Problem> problems = List.of();
    Page<Event> page = new Page<>(List.of(), null);
    EventType type = null;
    try {
      EventQuery asked = asked(visit, query);
      type = asked.type();
      page = webhooks.events().list(asked);
    } catch (InvalidException e) {
      problems = e.problems();
    }
    Map<EventId, List<StatePill>> looks = looks(visit, page.data(), type);
    List<Row> rows =
        page.data().stream()
            .map(event -> row(event, looks.getOrDefault(event.id(), List.of()), visit.now()))
            .toList();
    View view =
        new View(
            rows,
            page.next() == null ? null : query.queryWith("cursor", page.next()),
            query.text("type"),
            query.text("since"),
            query.text("until"),
            visit.types(),
            problems);
    Frame frame = frames.of(visit, Nav.EVENTS, "Events");
    return TemplateRenderer.page(
        view.problems().isEmpty() ? 200 : 400,
        (out, i) -> JteEventsGenerated.render(out, i, frame, view));
  }

  private static EventQuery asked(Visit visit, FormValues query) {
    Problems problems = new Problems();
    EventType type = ListFilters.read(query, "type", EventType::new, problems);
    var window = ListFilters.window(query, problems);
    problems.throwIfAny();
    return new EventQuery(visit.site(), type, window, ListFilters.page(query));
  }

  private static Row row(Event event, List<StatePill> looks, Instant now) {
    return new Row(
        event.id().value(),
        event.type().name(),
        DisplayTime.of(event.acceptedAt(), now),
        event.payload().size(),
        looks);
  }

  /**
   * What became of the events, by event. Their deliveries came to be with them and are of their
   * type, so one look at that span of time finds them all; of more than 1,500, the oldest are left
   * out.
   */
  private Map<EventId, List<StatePill>> looks(
      Visit visit, List<Event> newestFirst, @Nullable EventType type) {
    Map<EventId, List<StatePill>> looks = new HashMap<>();
    if (newestFirst.isEmpty()) {
      return looks;
    }
    Instant from = newestFirst.get(newestFirst.size() - 1).acceptedAt();
    Instant until = newestFirst.get(0).acceptedAt().plusMillis(1);
    DeliveryFilter filter =
        new DeliveryFilter(null, null, type, null, new TimeWindow(from, until), PageRequest.FIRST);
    String cursor = null;
    for (int i = 0; i < MOST_PAGES && (i == 0 || cursor != null); i++) {
      PageRequest part = new PageRequest(PageRequest.MAX_LIMIT, cursor);
      Page<Delivery> page = webhooks.deliveries().list(visit.site(), filter.at(part));
      for (Delivery delivery : page.data()) {
        looks
            .computeIfAbsent(delivery.event(), e -> new ArrayList<>())
            .add(StatePill.of(delivery.state()));
      }
      cursor = page.next();
    }
    return looks;
  }
}
