package dev.hookferry.http.console.list;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.replay.ReplayWindow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The filters above a list.
 *
 * @param path the list
 * @param filter the filters as typed
 * @param statuses statuses to choose from; empty if the list has one status only
 * @param types event types to choose from
 * @param fields the text fields of this list (endpoint, code, event, label, data) and its optional
 *     columns (event-column, field)
 * @param columns the optional columns that are shown
 * @param kept other values in the list's URL, which filtering preserves
 * @param chips the filters that are set
 * @param clear the query of the list without filters
 */
public record FilterBar(
    String path,
    ListFilter filter,
    List<Choice> statuses,
    List<Choice> types,
    Set<String> fields,
    Columns columns,
    List<Kept> kept,
    List<FilterChip> chips,
    String clear) {
  /** The query parameters that are not merely preserved. */
  private static final Set<String> OWN =
      Stream.of(ListFilter.NAMES, Columns.NAMES, ListFilter.PLACE)
          .flatMap(List::stream)
          .collect(Collectors.toSet());

  private static final Set<String> FOLDED =
      Set.of(ListFilter.CODE, ListFilter.LABEL, ListFilter.EVENT, ListFilter.DATA);

  private static final Set<String> OF_DELIVERIES =
      Set.of(
          ListFilter.ENDPOINT,
          ListFilter.CODE,
          ListFilter.EVENT,
          ListFilter.DATA,
          "event-column",
          "field");

  /** A value to choose from. */
  public record Choice(String value, boolean chosen) {
    /** Returns a status as text, any other value as it is. */
    public String label() {
      return ListFilter.statusWords(value);
    }
  }

  /** A value to preserve. */
  public record Kept(String name, String value) {}

  /** Returns the bar of a list of deliveries in any status. */
  public static FilterBar deliveries(Visit visit, String path, ListFilter filter) {
    return of(visit, path, filter, ofDeliveries(visit, filter)).statuses(ofDeliveries());
  }

  /** Returns the bar of a list of deliveries in one status. */
  public static FilterBar queue(Visit visit, String path, ListFilter filter) {
    return of(visit, path, filter, ofDeliveries(visit, filter));
  }

  /**
   * Returns the fields of a list of deliveries, without the data field if the site has no search
   * fields.
   */
  private static Set<String> ofDeliveries(Visit visit, ListFilter filter) {
    Set<String> fields = new HashSet<>(OF_DELIVERIES);
    if (!visit.isSearchedByFields() && filter.values(ListFilter.DATA).isEmpty()) {
      fields.remove(ListFilter.DATA);
    }
    return fields;
  }

  /** Returns the bar of a list of events. */
  public static FilterBar events(Visit visit, String path, ListFilter filter) {
    return of(visit, path, filter, Set.of(ListFilter.EVENT, ListFilter.LABEL, "field"))
        .statuses(ofDeliveries());
  }

  /** Returns the statuses of deliveries to choose from. */
  private static List<String> ofDeliveries() {
    return Stream.of(DeliveryState.values())
        .map(state -> ReplayWindow.FAILED.contains(state) ? ListFilter.GIVEN_UP : state.code())
        .distinct()
        .toList();
  }

  /** Returns the bar of a search for events by a text. */
  public static FilterBar search(Visit visit, String path, ListFilter filter) {
    return of(visit, path, filter, Set.of(ListFilter.LABEL, "field"));
  }

  private static FilterBar of(Visit visit, String path, ListFilter filter, Set<String> fields) {
    List<Kept> kept = new ArrayList<>();
    for (String name : filter.query().names().stream().sorted().toList()) {
      if (!OWN.contains(name)) {
        filter.values(name).forEach(value -> kept.add(new Kept(name, value)));
      }
    }
    if (isMany(filter)) {
      filter
          .values(ListFilter.ENDPOINT)
          .forEach(value -> kept.add(new Kept(ListFilter.ENDPOINT, value)));
    }
    var clear = filter.queryFromStart();
    for (String name : ListFilter.NAMES) {
      clear = clear.without(name);
    }
    return new FilterBar(
        visit.path(path),
        filter,
        List.of(),
        choices(visit.filterableTypes(), filter.values(ListFilter.TYPE)),
        fields,
        Columns.of(visit),
        kept,
        FilterChip.of(filter),
        clear.query());
  }

  private FilterBar statuses(List<String> all) {
    return new FilterBar(
        path,
        filter,
        choices(all, filter.values(ListFilter.STATUS)),
        types,
        fields,
        columns,
        kept,
        chips,
        clear);
  }

  /** Returns all choices, including chosen values that are not among the usual ones. */
  private static List<Choice> choices(List<String> all, List<String> chosen) {
    return Stream.concat(all.stream(), chosen.stream())
        .distinct()
        .map(value -> new Choice(value, chosen.contains(value)))
        .toList();
  }

  /** Returns whether less common filters are collapsed because there are many. */
  public boolean isFolding() {
    return has(ListFilter.ENDPOINT);
  }

  /** Returns whether one of the collapsible filters is set. */
  public boolean isUnfolded() {
    return FOLDED.stream().anyMatch(name -> has(name) && !filter.values(name).isEmpty());
  }

  /** Returns the endpoint to show in the endpoint field, which has room for only one. */
  public String endpoint() {
    return isMany(filter) ? "" : filter.text(ListFilter.ENDPOINT);
  }

  /** Returns the hint in the endpoint field. */
  public String endpointHint() {
    int count = filter.values(ListFilter.ENDPOINT).size();
    return isMany(filter) ? NumberText.counted(count, "endpoint") : "URL, name or id";
  }

  private static boolean isMany(ListFilter filter) {
    return filter.values(ListFilter.ENDPOINT).size() > 1;
  }

  public boolean has(String field) {
    return fields.contains(field);
  }

  /** Returns the number of chosen values of a filter, as text; empty if there are none. */
  public String chosen(String name) {
    int count = filter.values(name).size();
    return count == 0 ? "" : Integer.toString(count);
  }

  /** Returns an example pattern for event types. */
  public String pattern() {
    return Visit.pattern(types.stream().map(Choice::value).toList());
  }

  /** Returns the chosen period as text. */
  public String period() {
    String code = filter.range();
    return TimeRange.fromCode(code)
        .map(TimeRange::label)
        .orElse(code.isEmpty() ? "Any time" : "Custom range");
  }
}
