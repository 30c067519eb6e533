package dev.hookferry.internal.endpoint;

import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.OperationalEvents;
import dev.hookferry.id.EventType;
import dev.hookferry.refusal.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Warnings about subscriptions that are allowed but match no event type of the site. A site that
 * accepts undeclared types gets no warnings, since any name may be valid there.
 */
public final class SubscriptionWarnings {
  private SubscriptionWarnings() {}

  /**
   * Returns a warning for each new pattern that matches no event type.
   *
   * @param catalog the event types of the site
   * @param requested the patterns of the endpoint
   * @param before its patterns before the change, which get no warning
   */
  public static List<String> of(
      EventCatalog catalog,
      Collection<EventTypeFilter> requested,
      Collection<EventTypeFilter> before) {
    return catalog.open()
        ? List.of()
        : requested.stream()
            .filter(filter -> !before.contains(filter) && !catalog.matchesAny(filter))
            .map(filter -> filter.isExact() ? unknown(catalog, filter) : unmatched(catalog, filter))
            .toList();
  }

  private static String unknown(EventCatalog catalog, EventTypeFilter filter) {
    List<String> names =
        Stream.concat(catalog.types().stream(), OperationalEvents.ALL.stream())
            .map(EventType::name)
            .toList();
    String hint = Nearest.hint(filter.pattern(), names);
    return filter
        + " is not an event type of this site"
        + (hint.isEmpty() ? "; it" : hint + " It")
        + " matches no event until it is declared";
  }

  private static String unmatched(EventCatalog catalog, EventTypeFilter filter) {
    String prefix = filter.pattern().substring(0, filter.pattern().length() - 1);
    boolean isOperational =
        OperationalEvents.ALL.stream().anyMatch(type -> type.name().startsWith(prefix));
    String advice =
        isOperational
            ? "; name operational events one by one, as patterns do not match them"
            : hint(catalog, filter);
    return filter + " matches no event type of this site" + advice;
  }

  /** Returns a suggestion from the prefixes of declared types; empty if none is similar. */
  private static String hint(EventCatalog catalog, EventTypeFilter filter) {
    List<String> prefixes =
        catalog.types().stream()
            .map(type -> type.name().replaceFirst("[^_.-]*$", "*"))
            .filter(prefix -> prefix.length() > 1)
            .distinct()
            .toList();
    return Nearest.hint(filter.pattern(), prefixes);
  }
}
