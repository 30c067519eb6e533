package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.http.console.frame.ListFilters;
import dev.hookferry.http.console.list.FilterChip;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.replay.ReplayWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The filters of the portal's delivery list, as given in the URL. */
public final class PortalFilter {
  /** The search box. Older URLs have its text as {@code event} or {@code data}. */
  private static final String SEARCH = "q";

  /** Parameter that shows or hides tests; the default applies without it. */
  static final String TESTS = "tests";

  private static final List<String> NAMES =
      Stream.concat(
              Stream.of(SEARCH, "status", "type", "endpoint", "code", "event", "data", TESTS),
              PortalPeriod.NAMES.stream())
          .toList();

  /** Requests only the rows, as the page's script does periodically. */
  private static final String REFRESH = "refresh";

  private final FormValues query;
  private final boolean isRefresh;

  /** Reads the filters of a query, ignoring other parameters. */
  public PortalFilter(FormValues query) {
    FormValues own = query;
    for (String name : query.names()) {
      own = NAMES.contains(name) ? own : own.without(name);
    }
    this.query = PortalPeriod.meant(own);
    isRefresh = query.has(REFRESH);
  }

  /** A value to choose from, with its label. */
  public record Choice(String value, String text) {}

  /** Returns the value of a filter as typed, or an empty string. */
  public String text(String name) {
    return query.text(name);
  }

  /** Returns the text in the search box. */
  public String search() {
    return searchName().map(this::text).orElse("");
  }

  /** Returns the name of the filter whose text is in the search box. */
  private Optional<String> searchName() {
    return Stream.of(SEARCH, "data", "event").filter(name -> !text(name).isEmpty()).findFirst();
  }

  /** Returns a copy with the given text in the search box. */
  PortalFilter searching(String text) {
    FormValues other = query.without("data").without("event");
    return new PortalFilter(FormValues.parse(other.queryWith(SEARCH, text).substring(1)));
  }

  /** Returns the delivery whose id is in the search box, if it is in the session's scope. */
  public Optional<DeliveryId> delivery(PortalAccess access) {
    return SearchInput.delivery(access, text(SEARCH));
  }

  /** Returns whether only the rows are requested, without the count. */
  boolean isRefresh() {
    return isRefresh;
  }

  /** Returns whether any filter is set. */
  public boolean isSet() {
    return !query().isEmpty();
  }

  /**
   * Counts the matching deliveries. Stops after the page if only its rows are requested.
   *
   * @param page the page that is shown
   */
  public MatchCount count(DeliveryQuery query, Page<Delivery> page, PortalAccess access) {
    return isRefresh
        ? MatchCount.atLeast(page, query.page().cursor())
        : MatchCount.of(query, page, MatchCount.MAX, access::deliveries);
  }

  /** Returns how many deliveries match, with the number of tests if those are not retried. */
  public String countText(MatchCount count, MatchCount retryable, Words words) {
    int tests = count.known() - retryable.known();
    boolean isKnown = !text("status").isEmpty() && !count.more() && retryable.known() > 0;
    return words.count("deliveries.count", count.known(), count.more())
        + (isKnown && tests > 0 ? words.count("deliveries.tests-among", tests, false) : "");
  }

  /**
   * Returns whether tests are shown. By default they are, unless the list shows only failed
   * deliveries.
   */
  boolean hasTests() {
    boolean selectsFailed =
        DeliveryState.fromCode(text("status")).filter(ReplayWindow.FAILED::contains).isPresent();
    return text(TESTS).isEmpty() ? !selectsFailed : !text(TESTS).equals("no");
  }

  /** Returns the filters as a query; empty if none is set. */
  public String query() {
    return query.query();
  }

  /** Returns the filters as a query for the page at a cursor. */
  public String queryFrom(String cursor) {
    return query.queryWith("cursor", cursor);
  }

  /** Returns the states to choose from. To customers, poisoned deliveries are simply failed. */
  public List<String> states() {
    return Stream.of(DeliveryState.values())
        .filter(state -> state != DeliveryState.POISONED)
        .map(DeliveryState::code)
        .toList();
  }

  /** Returns the number of filters that are set besides the search box. */
  public int count() {
    return chosen().size();
  }

  /** Returns the names of the filters that are set, except the text in the search box. */
  List<String> chosen() {
    Optional<String> searched = searchName();
    return set().stream().filter(name -> !searched.equals(Optional.of(name))).toList();
  }

  /** Returns the names of the filters that are set. A period is one filter. */
  List<String> set() {
    return NAMES.stream()
        .filter(
            name ->
                name.equals(PortalPeriod.RANGE)
                    ? !period().code().isEmpty()
                    : !PortalPeriod.NAMES.contains(name) && !text(name).isEmpty())
        .toList();
  }

  /** Returns the filters as a query without one of them. */
  String without(String name) {
    FormValues other = query.without(name);
    if (name.equals(PortalPeriod.RANGE)) {
      for (String part : PortalPeriod.NAMES) {
        other = other.without(part);
      }
    }
    return other.query();
  }

  PortalPeriod period() {
    return new PortalPeriod(query);
  }

  /** Returns the chosen period: a code, or any other text typed; empty if there is none. */
  public String range() {
    return period().code();
  }

  /** Returns the name of the time zone of the period; UTC if it has none. */
  public String zone() {
    return period().zone().getId();
  }

  /** Returns whether the period depends on a time zone. */
  public boolean hasDays() {
    return period().hasDays();
  }

  /** Returns the periods to choose from. */
  public List<Choice> ranges(Words words) {
    return PortalPeriod.choices(words);
  }

  /** Returns the filters that are set besides the search box, as text. */
  public List<FilterChip> chips(PortalAccess access, Words words) {
    return FilterChips.of(this, access, words);
  }

  /** Returns the filters as a query with another field. */
  String queryWith(String name, String value) {
    return query.queryWith(name, value);
  }

  /**
   * Returns the query for deliveries.
   *
   * @throws InvalidException with all problems, by field name
   */
  public DeliveryQuery deliveries(PortalAccess access, Instant now) {
    Problems problems = new Problems();
    DeliveryQuery all =
        DeliveryQuery.ofSite(access.session().site())
            .endpoint(ListFilters.read(query, "endpoint", EndpointId::parse, problems))
            .type(isPattern() ? null : ListFilters.read(query, "type", EventType::new, problems))
            .event(ListFilters.read(query, "event", EventId::new, problems))
            .typePattern(isPattern() ? one("type", EventTypeFilter::new, problems) : null)
            .statusClass(statusClass())
            .statusCode(statusClass() == null ? one("code", PortalFilter::code, problems) : null);
    Set<DeliveryState> states = one("status", PortalFilter::states, problems);
    TimeWindow created = period().window(now, problems);
    DeliveryQuery narrowed = searched(all, access, problems);
    problems.throwIfAny();
    DeliveryQuery meant = (hasTests() ? narrowed : narrowed.withoutTests()).created(created);
    return states == null ? meant : meant.states(states);
  }

  private DeliveryQuery searched(DeliveryQuery all, PortalAccess access, Problems problems) {
    DeliveryQuery narrowed = all;
    List<String> texts = new ArrayList<>(query.texts("data"));
    texts.add(text(SEARCH));
    for (String text : texts) {
      DeliveryQuery before = narrowed;
      DeliveryQuery after =
          text.isBlank()
              ? before
              : problems.collect("", () -> new SearchInput(access, text.strip()).narrow(before));
      narrowed = after == null ? before : after;
    }
    return narrowed;
  }

  private boolean isPattern() {
    return text("type").endsWith("*");
  }

  /**
   * Returns the first digit of a class of statuses, such as 4xx; null if the code is not a class.
   */
  private @Nullable Integer statusClass() {
    String code = text("code");
    return code.matches("[1-5][xX]{2}") ? code.charAt(0) - '0' : null;
  }

  private <T> @Nullable T one(String name, Function<String, T> parse, Problems problems) {
    return ListFilters.read(query, name, parse, problems);
  }

  private static Set<DeliveryState> states(String word) {
    return DeliveryState.fromCode(word)
        .map(state -> ReplayWindow.FAILED.contains(state) ? ReplayWindow.FAILED : Set.of(state))
        .orElseThrow(() -> InvalidException.of("status", "is not a status of a delivery"));
  }

  private static Integer code(String text) {
    if (!text.matches("[1-5][0-9][0-9]")) {
      throw InvalidException.of("code", "must be a status from 100 to 599, or a class such as 4xx");
    }
    return Integer.valueOf(text);
  }
}
