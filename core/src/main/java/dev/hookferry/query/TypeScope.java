package dev.hookferry.query;

import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.id.EventType;
import dev.hookferry.internal.argument.NoNulls;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * The set of event types that a query covers: those with one of these names or prefixes, or all
 * types if both sets are empty.
 *
 * @param names full names of types
 * @param patterns prefixes such as {@code license_*}; an exact pattern becomes a name
 */
public record TypeScope(Set<EventType> names, Set<EventTypeFilter> patterns) {
  /** All event types. */
  public static final TypeScope ALL = new TypeScope(Set.of(), Set.of());

  public TypeScope {
    NoNulls.in(names, "names");
    NoNulls.in(patterns, "patterns");
    Set<EventType> exact = new HashSet<>(names);
    Set<EventTypeFilter> prefixes = new HashSet<>();
    for (EventTypeFilter pattern : patterns) {
      boolean unused =
          pattern.isExact() ? exact.add(new EventType(pattern.pattern())) : prefixes.add(pattern);
    }
    names = Set.copyOf(exact);
    patterns = Set.copyOf(prefixes);
  }

  /** Returns the scope of exactly these types; an empty set for all types. */
  public static TypeScope of(Set<EventType> names) {
    return new TypeScope(names, Set.of());
  }

  /**
   * Returns the scope of the types that match any of these filters; all types if there are none.
   */
  public static TypeScope matching(Collection<EventTypeFilter> filters) {
    NoNulls.in(filters, "filters");
    return new TypeScope(Set.of(), Set.copyOf(filters));
  }

  /** Returns whether the scope covers all types. */
  public boolean isAll() {
    return names.isEmpty() && patterns.isEmpty();
  }

  /** Returns whether the scope covers this type. */
  public boolean contains(EventType type) {
    Objects.requireNonNull(type, "type");
    return isAll()
        || names.contains(type)
        || patterns.stream().anyMatch(pattern -> pattern.matches(type));
  }
}
