package dev.hookferry.filter;

import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Result of evaluating a set of filters on an event. Immutable. */
public final class FilterVerdict {
  private final Map<Filter, Integer> places;
  private final BitSet matched;

  FilterVerdict(Map<Filter, Integer> places, BitSet matched) {
    this.places = places;
    this.matched = matched;
  }

  /** Returns whether a filter matched; null if it was not in the set. */
  public @Nullable Boolean of(Filter filter) {
    Integer place = places.get(Objects.requireNonNull(filter, "filter"));
    return place == null ? null : matched.get(place);
  }
}
