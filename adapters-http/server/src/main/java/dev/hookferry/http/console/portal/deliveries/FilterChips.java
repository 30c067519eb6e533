package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.list.FilterChip;
import dev.hookferry.http.words.Words;
import dev.hookferry.portal.PortalAccess;
import java.util.List;
import java.util.stream.Collectors;

/** The filters of a list of deliveries that are set, as text. */
final class FilterChips {
  private FilterChips() {}

  /**
   * Returns the filters that are set besides the search box, each with the query of the list
   * without it.
   */
  static List<FilterChip> of(PortalFilter filter, PortalAccess access, Words words) {
    return filter.chosen().stream()
        .map(name -> new FilterChip(text(name, filter, access, words), filter.without(name)))
        .toList();
  }

  /** Returns the filters that are set, in one line; empty if there are none. */
  static String line(PortalFilter filter, PortalAccess access, Words words) {
    return filter.set().stream()
        .map(name -> text(name, filter, access, words))
        .collect(Collectors.joining(" · "));
  }

  private static String text(String name, PortalFilter filter, PortalAccess access, Words words) {
    String value = filter.text(name);
    return switch (name) {
      case "status" ->
          DeliveryState.fromCode(value)
              .map(state -> words.text("state." + state.code()))
              .orElse(value);
      case "endpoint" -> endpoint(value, access);
      case "code" -> "HTTP " + value;
      case PortalFilter.TESTS ->
          words.text(value.equals("no") ? "deliveries.no-tests" : "deliveries.tests-shown");
      case PortalPeriod.RANGE -> filter.period().words(words);
      default -> value;
    };
  }

  /** Returns the name of an endpoint in the session's scope, or the typed id. */
  private static String endpoint(String id, PortalAccess access) {
    return access.endpoints().stream()
        .filter(one -> one.id().toString().equals(id))
        .findFirst()
        .map(ShortName::of)
        .orElse(id);
  }
}
