package dev.hookferry.filter;

import dev.hookferry.event.Payload;
import dev.hookferry.internal.argument.NoNulls;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A set of filters that are evaluated together, in one pass over a payload. Immutable. */
public final class FilterSet {
  private final List<Filter> filters;
  private final Map<Filter, Integer> places = new HashMap<>();
  private final WantedFields wanted;

  private FilterSet(List<Filter> filters) {
    this.filters = filters;
    for (Filter filter : filters) {
      places.put(filter, places.size());
    }
    wanted = wanted(filters);
  }

  /** Returns a set of these filters, without duplicates. */
  public static FilterSet of(Collection<Filter> filters) {
    NoNulls.in(filters, "filters");
    return new FilterSet(filters.stream().distinct().toList());
  }

  static WantedFields wanted(List<Filter> filters) {
    WantedFields wanted = new WantedFields();
    filters.forEach(filter -> filter.want(wanted));
    return wanted;
  }

  /**
   * Evaluates all filters on the data of an event, each within {@link Filter#MAX_STEPS}. Reads no
   * more of the data than it needs, and uses memory in proportion to the data.
   *
   * @param data valid JSON (see {@link dev.hookferry.event.JsonValidator})
   */
  public FilterVerdict evaluate(Payload data) {
    Objects.requireNonNull(data, "data");
    PayloadValue root = PayloadReader.read(data.unsafeBytes(), wanted);
    BitSet matched = new BitSet(filters.size());
    for (int i = 0; i < filters.size(); i++) {
      if (filters.get(i).isMetBy(root)) {
        matched.set(i);
      }
    }
    return new FilterVerdict(places, matched);
  }

  /**
   * Finds the first failed clause of each filter that the data of an event does not match. Reads
   * the data once.
   *
   * @param data valid JSON (see {@link dev.hookferry.event.JsonValidator})
   * @return mismatches by filter, without the filters that match
   */
  public Map<Filter, FilterMismatch> explain(Payload data) {
    Objects.requireNonNull(data, "data");
    PayloadValue root = PayloadReader.read(data.unsafeBytes(), wanted);
    Map<Filter, FilterMismatch> mismatches = new HashMap<>();
    for (Filter filter : filters) {
      FilterMismatch mismatch = filter.explain(root);
      if (mismatch != null) {
        mismatches.put(filter, mismatch);
      }
    }
    return mismatches;
  }
}
