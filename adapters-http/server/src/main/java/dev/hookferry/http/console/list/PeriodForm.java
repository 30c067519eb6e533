package dev.hookferry.http.console.list;

import dev.hookferry.http.console.text.FormValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A form that changes the period of a filter and preserves everything else.
 *
 * @param since the start as typed, or the start of a period that ends now; empty if there is none
 * @param until the end as typed; empty if there is none
 * @param kept the other values of the filter
 */
public record PeriodForm(String since, String until, List<FilterBar.Kept> kept) {
  public PeriodForm {
    kept = List.copyOf(kept);
  }

  /** Returns the form of a filter. Types found by a pattern will be searched for again. */
  public static PeriodForm of(ListFilter filter, Instant now) {
    FormValues query = filter.queryFromStart();
    List<String> patterns = filter.query().texts(MatchingTypes.PATTERN);
    if (!patterns.isEmpty()) {
      query = query.with(ListFilter.TYPE, patterns);
    }
    List<FilterBar.Kept> kept = new ArrayList<>();
    for (String name : query.names()) {
      boolean isTime =
          name.equals(ListFilter.RANGE)
              || name.equals(ListFilter.SINCE)
              || name.equals(ListFilter.UNTIL);
      if (!isTime) {
        query.texts(name).forEach(value -> kept.add(new FilterBar.Kept(name, value)));
      }
    }
    FormValues typed = query;
    return TimeRange.fromCode(query.text(ListFilter.RANGE))
        .map(range -> new PeriodForm(range.since(now), "", kept))
        .orElseGet(
            () -> new PeriodForm(typed.text(ListFilter.SINCE), typed.text(ListFilter.UNTIL), kept));
  }
}
