package dev.hookferry.http.console.list;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.ListFilters;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.query.TypeScope;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.replay.ReplayWindow;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The filters of a list, as given in its URL. Immutable. */
public final class ListFilter {
  static final String STATUS = "status";
  static final String TYPE = "type";
  static final String ENDPOINT = "endpoint";
  static final String CODE = "code";
  static final String EVENT = "event";
  static final String LABEL = "label";
  static final String DATA = "data";
  static final String RANGE = "range";
  static final String SINCE = "since";
  static final String UNTIL = "until";

  /** The value for both statuses of given-up deliveries. */
  static final String GIVEN_UP = "given-up";

  /** The filter that excludes tests if set to {@code no}. */
  static final String TESTS = "tests";

  /** All filters, in the order in which they are shown. */
  static final List<String> NAMES =
      List.of(STATUS, TYPE, ENDPOINT, CODE, EVENT, LABEL, DATA, TESTS, RANGE, SINCE, UNTIL);

  /**
   * Query parameters for the position in a list or how much of it was read. A change of filter
   * makes them obsolete.
   */
  static final List<String> PLACE =
      List.of("cursor", "open", "from", MatchingTypes.NEWEST, MatchingTypes.PATTERN);

  private static final List<String> BOTH_GIVEN_UP =
      List.of(DeliveryState.EXHAUSTED.code(), DeliveryState.POISONED.code());

  private final FormValues query;
  private final Visit visit;
  private final EndpointList targets;

  private ListFilter(Visit visit, EndpointList targets) {
    this.query = visit.query();
    this.visit = visit;
    this.targets = targets;
  }

  /** Returns the filters in the URL of a visit. */
  public static ListFilter of(Visit visit, EndpointList targets) {
    return new ListFilter(visit, targets);
  }

  /** Returns the whole query of the list. */
  public FormValues query() {
    return query;
  }

  /**
   * Returns the query of everything that matches, regardless of the position in the list and the
   * row open beside it.
   */
  public FormValues queryOfAll() {
    return query.without("cursor").without("open");
  }

  /** Returns the query of the list at its beginning. */
  FormValues queryFromStart() {
    FormValues start = query;
    for (String name : PLACE) {
      start = start.without(name);
    }
    return start;
  }

  /** Returns whether any filter is set. */
  public boolean isSet() {
    return NAMES.stream().anyMatch(name -> !values(name).isEmpty());
  }

  /** Returns the value of a filter as typed, or an empty string. */
  public String text(String name) {
    return name.equals(ENDPOINT) ? targets.shown(query.text(name)) : query.text(name);
  }

  /** Returns a value of the endpoint filter as text. */
  String endpointWords(String value) {
    return targets.words(value);
  }

  /** Returns the filter by values of the events' data. */
  public DataFilter data() {
    return DataFilter.of(visit, this);
  }

  /**
   * Returns the values of a filter that may have several, without empty ones. Both statuses of
   * given-up deliveries together are one value.
   */
  public List<String> values(String name) {
    List<String> typed =
        query.texts(name).stream()
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .distinct()
            .toList();
    return name.equals(STATUS) && typed.containsAll(BOTH_GIVEN_UP)
        ? typed.stream()
            .map(value -> BOTH_GIVEN_UP.contains(value) ? GIVEN_UP : value)
            .distinct()
            .toList()
        : typed;
  }

  /** Returns the query of the list at its beginning without one of a filter's values. */
  FormValues without(String name, String value) {
    FormValues start = queryFromStart().without(name, value);
    if (name.equals(STATUS) && value.equals(GIVEN_UP)) {
      for (String code : BOTH_GIVEN_UP) {
        start = start.without(name, code);
      }
    }
    return start;
  }

  /** Returns a status of the filter as text. */
  static String statusWords(String value) {
    return value.equals(GIVEN_UP)
        ? StatePill.GIVEN_UP
        : DeliveryState.fromCode(value).map(StatePill::words).orElse(value);
  }

  /** Returns the chosen period: one that ends now, {@code custom}, or an empty string. */
  public String range() {
    if (TimeRange.fromCode(query.text(RANGE)).isPresent()) {
      return query.text(RANGE);
    }
    boolean isCustom = Stream.of(SINCE, UNTIL).anyMatch(name -> !query.text(name).isEmpty());
    return isCustom ? TimeRange.CUSTOM : "";
  }

  /** Returns whether the endpoint filter consists only of texts and ids that match no endpoint. */
  public boolean hasUnknownEndpoint() {
    List<String> all = values(ENDPOINT);
    return !all.isEmpty() && all.stream().allMatch(targets::isUnknown);
  }

  /**
   * Returns the query for deliveries.
   *
   * @throws InvalidException with all problems, by field name
   */
  public DeliveryQuery deliveries() {
    Problems problems = new Problems();
    Set<DeliveryState> states = states(problems);
    Set<EndpointId> endpoints = new HashSet<>();
    values(ENDPOINT).forEach(text -> endpoints.addAll(targets.matchingIds(text, problems)));
    TypeScope types = types(visit.site(), problems);
    EventId event = ListFilters.read(query, EVENT, EventId::new, problems);
    boolean isClass = query.text(CODE).matches("[1-5][xX]{2}");
    Integer code = isClass ? null : ListFilters.read(query, CODE, ListFilter::code, problems);
    TimeWindow created = window(problems);
    Map<String, String> data = data().values(problems);
    problems.throwIfAny();
    DeliveryQuery all = DeliveryQuery.ofSite(visit.site()).fields(data);
    DeliveryQuery meant = ListFilters.excludesTests(query, states) ? all.withoutTests() : all;
    return (states.isEmpty() ? meant : meant.states(states))
        .endpoints(endpoints.isEmpty() ? EndpointScope.ALL : EndpointScope.only(endpoints))
        .types(types)
        .event(event)
        .statusCode(code)
        .statusClass(isClass ? query.text(CODE).charAt(0) - '0' : null)
        .created(created)
        .page(ListFilters.page(query));
  }

  /**
   * Returns the query for events, without the filter by id, which finds a single event directly.
   *
   * @throws InvalidException with all problems, by field name
   */
  public EventQuery events() {
    return events(visit.site());
  }

  /** Returns the query for events of another site; see {@link #events()}. */
  public EventQuery events(SiteId site) {
    Problems problems = new Problems();
    TypeScope types = types(site, problems);
    TimeWindow accepted = window(problems);
    Map<String, String> labels = ListFilters.labels(query, problems);
    Map<String, String> data = ListFilters.fields(values(DATA), problems);
    EventId unused = ListFilters.read(query, EVENT, EventId::new, problems);
    problems.throwIfAny();
    return EventQuery.ofSite(site)
        .types(types)
        .labels(labels)
        .fields(data)
        .accepted(accepted)
        .page(ListFilters.page(query));
  }

  /** Returns the id of the event to find, or null. It must be valid. */
  public @Nullable EventId event() {
    return ListFilters.read(query, EVENT, EventId::new, new Problems());
  }

  private Set<DeliveryState> states(Problems problems) {
    Set<DeliveryState> states = EnumSet.noneOf(DeliveryState.class);
    for (String word : values(STATUS)) {
      if (word.equals(GIVEN_UP)) {
        states.addAll(ReplayWindow.FAILED);
      } else {
        DeliveryState.fromCode(word)
            .ifPresentOrElse(
                states::add, () -> problems.add(STATUS, "is not a status of a delivery"));
      }
    }
    return states;
  }

  private TypeScope types(SiteId site, Problems problems) {
    boolean isOpen = visit.webhooks().settings().get(site).catalog().open();
    Set<EventType> names = new HashSet<>();
    Set<EventTypeFilter> patterns = new HashSet<>();
    for (String name : values(TYPE)) {
      try {
        if (!name.endsWith("*")) {
          names.add(new EventType(name));
        } else if (isOpen) {
          // The site may have events of unknown types.
          patterns.add(new EventTypeFilter(name));
        } else {
          names.addAll(matching(new EventTypeFilter(name)));
        }
      } catch (InvalidException e) {
        problems.add(TYPE, e.problems().get(0).reason());
      }
    }
    return new TypeScope(names, patterns);
  }

  /** Returns the site's types that match a pattern, for pages that support only exact types. */
  private List<EventType> matching(EventTypeFilter pattern) {
    List<EventType> found =
        visit.types().stream().map(EventType::new).filter(pattern::matches).toList();
    if (found.isEmpty()) {
      throw InvalidException.of(TYPE, "no event type of this site matches " + pattern);
    }
    return found;
  }

  private static Integer code(String text) {
    if (!text.matches("[1-5][0-9][0-9]")) {
      throw InvalidException.of(
          CODE, "must be an HTTP status from 100 to 599, or a class such as 5xx");
    }
    return Integer.valueOf(text);
  }

  private TimeWindow window(Problems problems) {
    String code = query.text(RANGE);
    Instant now = visit.now();
    if (code.isEmpty() || code.equals(TimeRange.CUSTOM)) {
      return ListFilters.window(query, problems);
    }
    return TimeRange.fromCode(code)
        .map(range -> TimeWindow.ALL.since(now.minus(range.length())))
        .orElseGet(
            () -> {
              problems.add(RANGE, "must be one of " + TimeRange.codes());
              return TimeWindow.ALL;
            });
  }
}
