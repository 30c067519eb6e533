package dev.hookferry.http.console.portal.forms;

import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.filter.Filter;
import dev.hookferry.http.console.portal.types.TypeField;
import dev.hookferry.http.words.Words;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.refusal.Nearest;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.routing.FilterTrial;
import java.util.List;
import java.util.Optional;

/**
 * The newest events that a filter would have matched, as text.
 *
 * @param text how many of them match, or why the filter was not tested
 * @param hints fields that no event has, each with the name that may have been intended
 * @param isDoubtful whether the filter may be a mistake because it names such a field or matches
 *     nothing
 */
public record FilterResult(String text, List<String> hints, boolean isDoubtful) {
  /** Number of events on which a filter is tested. */
  private static final int LAST = 100;

  /** Tests a filter on the newest events in the session's scope. */
  public static FilterResult of(
      Filter filter, List<EventTypeFilter> types, PortalAccess access, Words words) {
    Optional<FilterTrial> tried;
    try {
      tried = access.events().tried(filter, types, LAST);
    } catch (OverloadedException e) {
      return new FilterResult(words.text("try.busy"), List.of(), false);
    }
    return tried
        .map(trial -> of(trial, filter, access, words))
        .orElseGet(() -> new FilterResult(words.text("try.hidden"), List.of(), false));
  }

  private static FilterResult of(
      FilterTrial trial, Filter filter, PortalAccess access, Words words) {
    int all = trial.matched() + trial.notMatched();
    if (all == 0) {
      return new FilterResult(words.text("try.none"), List.of(), false);
    }
    List<String> missing = FilterConditionText.missing(filter.text());
    List<String> known = TypeField.of(access).stream().map(TypeField::path).toList();
    List<String> hints =
        trial.absent().stream()
            .filter(field -> !missing.contains(field))
            .map(field -> hint(field, known, words))
            .toList();
    return new FilterResult(
        words.count("try.count", all, false, words.number(trial.matched())),
        hints,
        !hints.isEmpty() || trial.matched() == 0);
  }

  private static String hint(String field, List<String> known, Words words) {
    String meant =
        Nearest.to(field, known)
            .filter(one -> !one.equals(field))
            .map(one -> words.text("doubt.meant", one))
            .orElseGet(() -> words.text("doubt.typos"));
    return words.text("try.absent", field) + " " + meant;
  }
}
