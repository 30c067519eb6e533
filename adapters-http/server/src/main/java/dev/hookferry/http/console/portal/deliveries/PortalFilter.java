package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.ListFilters;
import dev.hookferry.http.console.list.TimeRange;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.replay.ReplayWindow;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The filters of the portal's deliveries, as the URL has them. */
public final class PortalFilter {
  private static final List<String> NAMES =
      List.of("status", "type", "endpoint", "code", "event", "data", "tests", "range");

  private final FormValues query;

  /** Reads the filters of a query; other names in it are left out. */
  public PortalFilter(FormValues query) {
    FormValues own = query;
    for (String name : query.names()) {
      own = NAMES.contains(name) ? own : own.without(name);
    }
    this.query = own;
  }

  /** Returns the value of a filter as typed, or an empty text. */
  public String text(String name) {
    return query.text(name);
  }

  /** Returns whether anything is filtered. */
  public boolean isSet() {
    return !query().isEmpty();
  }

  /** Returns the filters as a query; empty if nothing is filtered. */
  public String query() {
    return query.query();
  }

  /** Returns the filters as a query for the page that begins at a cursor. */
  public String queryFrom(String cursor) {
    return query.queryWith("cursor", cursor);
  }

  /** Returns the states that can be chosen; to customers, poisoned deliveries have failed, too. */
  public List<String> states() {
    return Stream.of(DeliveryState.values())
        .filter(state -> state != DeliveryState.POISONED)
        .map(DeliveryState::code)
        .toList();
  }

  /** Returns the number of filters that are set. */
  public int count() {
    return query.names().size();
  }

  /** Returns the periods that can be chosen. */
  public List<TimeRange> ranges() {
    return List.of(TimeRange.values());
  }

  /**
   * Returns the query for deliveries.
   *
   * @throws InvalidException with all problems, by field name
   */
  public DeliveryQuery deliveries(SiteId site, Instant now) {
    Problems problems = new Problems();
    DeliveryQuery all =
        DeliveryQuery.ofSite(site)
            .endpoint(ListFilters.read(query, "endpoint", EndpointId::parse, problems))
            .type(ListFilters.read(query, "type", EventType::new, problems))
            .event(ListFilters.read(query, "event", EventId::new, problems))
            .statusCode(ListFilters.read(query, "code", PortalFilter::code, problems))
            .fields(ListFilters.fields(query, problems));
    Set<DeliveryState> states = one("status", PortalFilter::states, problems);
    TimeRange range = one("range", PortalFilter::range, problems);
    problems.throwIfAny();
    DeliveryQuery meant = text("tests").equals("no") ? all.withoutTests() : all;
    DeliveryQuery ofState = states == null ? meant : meant.states(states);
    return range == null
        ? ofState
        : ofState.created(TimeWindow.ALL.since(now.minus(range.length())));
  }

  private <T> @Nullable T one(String name, Function<String, T> parse, Problems problems) {
    return ListFilters.read(query, name, parse, problems);
  }

  private static Set<DeliveryState> states(String word) {
    return DeliveryState.fromCode(word)
        .map(state -> ReplayWindow.FAILED.contains(state) ? ReplayWindow.FAILED : Set.of(state))
        .orElseThrow(() -> InvalidException.of("status", "is not a status of a delivery"));
  }

  private static TimeRange range(String code) {
    return Stream.of(TimeRange.values())
        .filter(range -> range.code().equals(code))
        .findFirst()
        .orElseThrow(() -> InvalidException.of("range", "is not a valid period"));
  }

  private static Integer code(String text) {
    if (!text.matches("[1-5][0-9][0-9]")) {
      throw InvalidException.of("code", "must be an HTTP status from 100 to 599");
    }
    return Integer.valueOf(text);
  }
}
