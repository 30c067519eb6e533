package dev.hookferry.event;

import dev.hookferry.id.EventType;
import dev.hookferry.refusal.InvalidException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A subscription pattern: one event type by name, a prefix ({@code license_*}), or all types
 * ({@code *}). Operational events match only filters that name their type exactly.
 *
 * @param pattern a type's name, or a possibly empty prefix followed by {@code *}
 */
public record EventTypeFilter(String pattern) {
  private static final Pattern BEGINNING =
      Pattern.compile("(?:[A-Za-z0-9_]+[.-])*[A-Za-z0-9_]*\\*");

  public EventTypeFilter {
    Objects.requireNonNull(pattern, "pattern");
    boolean beginning = pattern.length() <= 129 && BEGINNING.matcher(pattern).matches();
    if (!beginning && !EventType.isName(pattern)) {
      throw InvalidException.of(
          "eventTypes", "must be an event type, a prefix such as license_*, or *");
    }
  }

  /** Returns the filter that matches exactly this type. */
  public static EventTypeFilter of(EventType type) {
    Objects.requireNonNull(type, "type");
    return new EventTypeFilter(type.name());
  }

  /** Returns whether this names a single type. */
  public boolean isExact() {
    return !pattern.endsWith("*");
  }

  /** Returns whether this filter matches events of this type. */
  public boolean matches(EventType type) {
    Objects.requireNonNull(type, "type");
    return isExact()
        ? pattern.equals(type.name())
        : !OperationalEvents.contains(type)
            && type.name().startsWith(pattern.substring(0, pattern.length() - 1));
  }

  @Override
  public String toString() {
    return pattern;
  }
}
