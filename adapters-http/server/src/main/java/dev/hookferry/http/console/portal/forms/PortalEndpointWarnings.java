package dev.hookferry.http.console.portal.forms;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.Nearest;
import java.util.List;

/**
 * Settings of an endpoint that are allowed but may be mistakes.
 *
 * @param unresolved the host name of its URL if it did not resolve when saved; otherwise empty
 * @param types subscriptions that match no event type, separated by commas; may be empty
 * @param suggested the known event type or pattern that the first of them resembles; may be empty
 * @param getsNothing whether all of its subscriptions match nothing
 * @param duplicate the id of another endpoint of the session's scope with the same URL; may be
 *     empty
 * @param duplicateName the name of that endpoint
 */
public record PortalEndpointWarnings(
    String unresolved,
    String types,
    String suggested,
    boolean getsNothing,
    String duplicate,
    String duplicateName) {
  /**
   * Checks for likely mistakes.
   *
   * @param catalog the event types of the site
   * @param known the event types that are shown to the visitor
   * @param scope the endpoints that the visitor sees
   * @param isUnresolved whether the host name of its URL did not resolve
   */
  public static PortalEndpointWarnings of(
      Endpoint endpoint,
      EventCatalog catalog,
      List<String> known,
      List<Endpoint> scope,
      boolean isUnresolved) {
    List<String> unknown =
        catalog.open()
            ? List.of()
            : endpoint.eventTypes().stream()
                .filter(filter -> !catalog.matchesAny(filter))
                .map(EventTypeFilter::pattern)
                .toList();
    Endpoint duplicate =
        scope.stream()
            .filter(other -> !other.id().equals(endpoint.id()))
            .filter(other -> isSame(other.url(), endpoint.url()))
            .findFirst()
            .orElse(endpoint);
    return new PortalEndpointWarnings(
        isUnresolved ? endpoint.url().host() : "",
        String.join(", ", unknown),
        unknown.stream().findFirst().map(one -> suggested(one, known)).orElse(""),
        !unknown.isEmpty() && unknown.size() == endpoint.eventTypes().size(),
        duplicate.equals(endpoint) ? "" : duplicate.id().toString(),
        duplicate.name());
  }

  private static String suggested(String unknown, List<String> known) {
    List<String> patterns =
        unknown.endsWith("*")
            ? known.stream().map(type -> type.replaceFirst("[^_.-]*$", "*")).distinct().toList()
            : known;
    return Nearest.to(unknown, patterns).filter(one -> one.length() > 1).orElse("");
  }

  private static boolean isSame(TargetUrl one, TargetUrl other) {
    return one.scheme().equals(other.scheme())
        && one.host().equals(other.host())
        && one.port() == other.port()
        && one.pathAndQuery().equals(other.pathAndQuery());
  }
}
