package dev.hookferry.http.console.events;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
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
import dev.hookferry.http.console.text.PairLines;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.Problems;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists the events of a site, including those without deliveries. */
public final class EventsPage {
  private static final int MOST_PAGES = 10;

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public EventsPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * An event in the list, with the states of its deliveries.
   *
   * @param counted whether all of its deliveries were read
   */
  public record Row(
      String id,
      String type,
      String labels,
      DisplayTime at,
      int bytes,
      List<Group> groups,
      boolean counted) {}

  /**
   * The states of deliveries by event.
   *
   * @param since events accepted later are complete; null if all are
   */
  private record States(
      Map<EventId, Map<DeliveryState, Integer>> byEvent, @Nullable Instant since) {
    boolean isComplete(Event event) {
      return since == null || event.acceptedAt().isAfter(since);
    }
  }

  /** Number of an event's deliveries in one state. */
  public record Group(StatePill look, int count) {}

  /**
   * Content of the page.
   *
   * @param rows newest first
   * @param next the query of the next page, or null on the last
   * @param types event types to choose from
   * @param problems what is wrong with the filters
   */
  public record View(
      List<Row> rows,
      @Nullable String next,
      String type,
      String label,
      String since,
      String until,
      List<String> types,
      List<Problem> problems) {
    public boolean isAny() {
      return type.isEmpty() && label.isEmpty() && since.isEmpty() && until.isEmpty();
    }
  }

  public ConsoleReply show(Visit visit) {
    FormValues query = visit.query();
    List<Problem> problems = List.of();
    Page<Event> page = new Page<>(List.of(), null);
    EventType type = null;
    try {
      EventQuery asked = queryOf(visit, query);
      type = asked.type();
      page = webhooks.events().list(asked);
    } catch (InvalidException e) {
      problems = e.problems();
    }
    States states = states(visit, page.data(), type);
    List<Row> rows = page.data().stream().map(event -> row(event, states, visit.now())).toList();
    View view =
        new View(
            rows,
            page.next() == null ? null : query.queryWith("cursor", page.next()),
            query.text("type"),
            query.text("label"),
            query.text("since"),
            query.text("until"),
            visit.types(),
            problems);
    Frame frame = frames.of(visit, Nav.EVENTS, "Events");
    return TemplateRenderer.page(
        view.problems().isEmpty() ? 200 : 400,
        (out, i) -> JteEventsGenerated.render(out, i, frame, view));
  }

  private static EventQuery queryOf(Visit visit, FormValues query) {
    Problems problems = new Problems();
    EventType type = ListFilters.read(query, "type", EventType::new, problems);
    var window = ListFilters.window(query, problems);
    Map<String, String> labels = ListFilters.labels(query, problems);
    problems.throwIfAny();
    return EventQuery.ofSite(visit.site())
        .type(type)
        .labels(labels)
        .accepted(window)
        .page(ListFilters.page(query));
  }

  private static Row row(Event event, States states, Instant now) {
    return new Row(
        event.id().value(),
        event.type().name(),
        PairLines.of(event.options().labels()).replace('\n', ' '),
        DisplayTime.of(event.acceptedAt(), now),
        event.payload().size(),
        states.byEvent().getOrDefault(event.id(), Map.of()).entrySet().stream()
            .map(one -> new Group(StatePill.of(one.getKey()), one.getValue()))
            .toList(),
        states.isComplete(event));
  }

  /**
   * Returns the delivery states of the events. Deliveries have the type of their event and are
   * created together with it, so one query for this span of time finds all; beyond 5,000, the
   * oldest are omitted.
   */
  private States states(Visit visit, List<Event> newestFirst, @Nullable EventType type) {
    Map<EventId, Map<DeliveryState, Integer>> states = new HashMap<>();
    if (newestFirst.isEmpty()) {
      return new States(states, null);
    }
    Instant from = newestFirst.get(newestFirst.size() - 1).acceptedAt();
    Instant until = newestFirst.get(0).acceptedAt().plusMillis(1);
    DeliveryQuery query =
        DeliveryQuery.ofSite(visit.site())
            .type(type)
            .created(TimeWindow.ALL.since(from).until(until));
    Instant oldest = null;
    String cursor = null;
    for (int i = 0; i < MOST_PAGES && (i == 0 || cursor != null); i++) {
      PageRequest part = PageRequest.of(PageRequest.MAX_LIMIT).after(cursor);
      Page<Delivery> page = webhooks.deliveries().list(query.page(part));
      for (Delivery delivery : page.data()) {
        oldest = delivery.createdAt();
        states
            .computeIfAbsent(delivery.event(), e -> new EnumMap<>(DeliveryState.class))
            .merge(delivery.state(), 1, Integer::sum);
      }
      cursor = page.next();
    }
    return new States(states, cursor == null ? null : oldest);
  }
}
