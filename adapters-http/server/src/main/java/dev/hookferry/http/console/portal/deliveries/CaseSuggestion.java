package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.portal.PortalAccess;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An upper-case or lower-case variant of a search text that finds something when the text itself
 * found nothing. Needed because all stores are case-sensitive.
 *
 * @param text the text
 * @param query the query of the list that searches for it
 */
public record CaseSuggestion(String text, String query) {
  /** Returns the first text that finds something; null if none does. */
  public static @Nullable CaseSuggestion of(PortalFilter filter, PortalAccess access, Instant now) {
    String typed = filter.search().strip();
    String name =
        access.searchFields().stream()
            .filter(f -> typed.startsWith(f + ":"))
            .findFirst()
            .map(f -> f + ":")
            .orElse("");
    String value = typed.substring(name.length());
    return Stream.of(value.toUpperCase(Locale.ROOT), value.toLowerCase(Locale.ROOT))
        .distinct()
        .filter(other -> !other.equals(value))
        .map(other -> name + other)
        .filter(other -> finds(filter.searching(other), access, now))
        .findFirst()
        .map(other -> new CaseSuggestion(other, filter.searching(other).query()))
        .orElse(null);
  }

  private static boolean finds(PortalFilter filter, PortalAccess access, Instant now) {
    try {
      DeliveryQuery query = filter.deliveries(access, now);
      return !access.deliveries(query.limit(1)).data().isEmpty();
    } catch (InvalidException e) {
      return false;
    }
  }
}
