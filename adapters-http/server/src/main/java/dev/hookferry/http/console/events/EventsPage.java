package dev.hookferry.http.console.events;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.list.FilterBar;
import dev.hookferry.http.console.list.ListExport;
import dev.hookferry.http.console.list.ListFilter;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.console.list.PayloadField;
import dev.hookferry.http.console.text.KeyValueLines;
import dev.hookferry.http.resource.EventJson;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.id.EventId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.query.TypeScope;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The list of a site's events, including those without deliveries. */
public final class EventsPage {
  private static final String PATH = "/events";
  private static final int MAX_PAGES = 10;

  /** Maximum mean payload size at which events are counted. */
  private static final int COUNTED_BYTES = 2 << 10;

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
   * @param value the value of the chosen payload field, or empty
   */
  public record Row(
      String id,
      String type,
      String labels,
      DisplayTime at,
      int bytes,
      EventOutcomes outcomes,
      boolean counted,
      String value) {}

  /**
   * The states of deliveries by event.
   *
   * @param since the states of events accepted after this are complete; null if all are
   */
  private record States(
      Map<EventId, Map<DeliveryState, Integer>> byEvent, @Nullable Instant since) {
    boolean isComplete(Event event) {
      return since == null || event.acceptedAt().isAfter(since);
    }
  }

  /** The events that match the filters. */
  private record Found(Page<Event> page, MatchCount count, States states) {}

  /**
   * Content of the page.
   *
   * @param rows newest first
   * @param next the query of the next page, or null on the last
   * @param bar the filters
   * @param count how many match
   * @param problems the errors in the filters
   */
  public record View(
      List<Row> rows,
      @Nullable String next,
      FilterBar bar,
      MatchCount count,
      List<Problem> problems) {}

  public ConsoleReply show(Visit visit) {
    ListFilter filter = ListFilter.of(visit, new EndpointList(webhooks, visit.site()));
    List<Problem> problems = List.of();
    Found found =
        new Found(new Page<>(List.of(), null), MatchCount.NONE, new States(Map.of(), null));
    try {
      found = found(visit, filter);
    } catch (InvalidException e) {
      problems = e.problems();
    }
    Page<Event> page = found.page();
    States states = found.states();
    FilterBar bar = FilterBar.events(visit, PATH, filter);
    String field = bar.columns().field();
    List<Row> rows =
        page.data().stream().map(event -> row(event, states, field, visit.now())).toList();
    View view =
        new View(
            rows,
            page.next() == null ? null : filter.query().queryWith("cursor", page.next()),
            bar,
            found.count(),
            problems);
    Frame frame = frames.of(visit, Nav.EVENTS, "Events");
    return bar.columns()
        .keptBy(
            TemplateRenderer.page(
                view.problems().isEmpty() ? 200 : 400,
                (out, i) -> JteEventsGenerated.render(out, i, frame, view)));
  }

  private Found found(Visit visit, ListFilter filter) {
    EventQuery asked = filter.events();
    if (!isByOutcome(filter)) {
      Page<Event> page = page(filter, asked);
      return new Found(page, count(asked, page), states(visit, page.data(), asked.types()));
    }
    OutcomeSearch search = OutcomeSearch.of(webhooks, filter.deliveries(), asked);
    Page<Event> page = new Page<>(search.events(), search.next());
    MatchCount count = MatchCount.atLeast(page, asked.page().cursor());
    return new Found(page, count, new States(search.states(), null));
  }

  private static boolean isByOutcome(ListFilter filter) {
    return !filter.values("status").isEmpty();
  }

  /** Returns the matching events as a file, or the list if a filter is invalid. */
  public ConsoleReply export(Visit visit) {
    ListFilter filter = ListFilter.of(visit, new EndpointList(webhooks, visit.site()));
    EventQuery query;
    try {
      query = filter.events();
      if (isByOutcome(filter)) {
        var unused = filter.deliveries();
      }
    } catch (InvalidException e) {
      return ConsoleReply.seeOther(visit.path(PATH) + filter.query().without("as").query());
    }
    return new ListExport<>(
            "events",
            part -> exported(filter, query.page(part)),
            EventJson.EVENT,
            List.of(
                new ListExport.Column<>("id", Event::id),
                new ListExport.Column<>("type", Event::type),
                new ListExport.Column<>("occurredAt", Event::occurredAt),
                new ListExport.Column<>("acceptedAt", Event::acceptedAt),
                new ListExport.Column<>(
                    "labels",
                    event -> KeyValueLines.of(event.options().labels()).replace('\n', ' ')),
                new ListExport.Column<>("bytes", event -> event.payload().size())))
        .file(visit);
  }

  private Page<Event> exported(ListFilter filter, EventQuery asked) {
    if (!isByOutcome(filter)) {
      return page(filter, asked);
    }
    OutcomeSearch found = OutcomeSearch.of(webhooks, filter.deliveries().page(asked.page()), asked);
    return new Page<>(found.events(), found.next());
  }

  /**
   * Returns the page of events. For a filter by id, that is the single event if it matches the
   * other filters.
   */
  private Page<Event> page(ListFilter filter, EventQuery asked) {
    EventId id = filter.event();
    return id == null
        ? webhooks.events().list(asked)
        : new Page<>(
            webhooks.events().find(asked.site(), id).filter(asked::matches).stream().toList(),
            null);
  }

  private MatchCount count(EventQuery asked, Page<Event> page) {
    long bytes = page.data().stream().mapToLong(event -> event.payload().size()).sum();
    // Counting also reads the payloads.
    return bytes > (long) COUNTED_BYTES * page.data().size()
        ? MatchCount.atLeast(page, asked.page().cursor())
        : MatchCount.of(
            page, asked.page().cursor(), part -> webhooks.events().list(asked.page(part)));
  }

  private static Row row(Event event, States states, String field, Instant now) {
    return new Row(
        event.id().value(),
        event.type().name(),
        KeyValueLines.of(event.options().labels()).replace('\n', ' '),
        DisplayTime.of(event.acceptedAt(), now),
        event.payload().size(),
        EventOutcomes.of(states.byEvent().getOrDefault(event.id(), Map.of()), event.type()),
        states.isComplete(event),
        field.isEmpty() ? "" : PayloadField.of(event.payload(), field));
  }

  /**
   * Returns the delivery states of the events. Deliveries have the type of their event and are
   * created together with it, so one query for this span of time finds all of them. Beyond 5,000,
   * the oldest are omitted.
   */
  private States states(Visit visit, List<Event> newestFirst, TypeScope types) {
    Map<EventId, Map<DeliveryState, Integer>> states = new HashMap<>();
    if (newestFirst.isEmpty()) {
      return new States(states, null);
    }
    Instant from = newestFirst.get(newestFirst.size() - 1).acceptedAt();
    Instant until = newestFirst.get(0).acceptedAt().plusMillis(1);
    DeliveryQuery query =
        DeliveryQuery.ofSite(visit.site())
            .types(types)
            .created(TimeWindow.ALL.since(from).until(until));
    Instant oldest = null;
    String cursor = null;
    for (int i = 0; i < MAX_PAGES && (i == 0 || cursor != null); i++) {
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
