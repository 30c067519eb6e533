package dev.hookferry.http.console.list;

import dev.hookferry.http.console.text.FormValues;
import java.util.ArrayList;
import java.util.List;

/**
 * A form that changes the period of a filter, and keeps everything else.
 *
 * @param since the beginning as typed; empty if there is none
 * @param until the end as typed; empty if there is none
 * @param kept the other values of the filter
 */
public record PeriodForm(String since, String until, List<FilterBar.Kept> kept) {
  public PeriodForm {
    kept = List.copyOf(kept);
  }

  public static PeriodForm of(FormValues query) {
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
    boolean isOwn = query.text(ListFilter.RANGE).equals(TimeRange.CUSTOM) || !query.has("range");
    return new PeriodForm(
        isOwn ? query.text(ListFilter.SINCE) : "", isOwn ? query.text(ListFilter.UNTIL) : "", kept);
  }
}
