package dev.hookferry.event;

import dev.hookferry.id.EventType;
import dev.hookferry.refusal.InvalidException;
import java.util.regex.Pattern;

/**
 * Which event types an endpoint wants: one type by name, all with a common beginning ({@code
 * license_*}), or all ({@code *}). Operational events are wanted by those only that name their
 * type.
 *
 * @param pattern a type's name, or a beginning followed by {@code *}
 */
public record EventTypeFilter(String pattern) {
  private static final Pattern BEGINNING =
      Pattern.compile("(?:[A-Za-z0-9_]+[.-])*[A-Za-z0-9_]*\\*");

  public EventTypeFilter {
    boolean beginning = pattern.length() <= 129 && BEGINNING.matcher(pattern).matches();
    if (!beginning && !EventType.isName(pattern)) {
      throw InvalidException.of(
          "eventTypes", "must be an event type, a beginning such as license_*, or *");
    }
  }

  /** The filter that wants exactly this type. */
  public static EventTypeFilter of(EventType type) {
    return new EventTypeFilter(type.name());
  }

  /** Whether this names a single type. */
  public boolean isExact() {
    return !pattern.endsWith("*");
  }

  /** Whether an event of this type is wanted. */
  public boolean matches(EventType type) {
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
