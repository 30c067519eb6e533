package dev.hookferry.http.console.navigation;

import dev.hookferry.Webhooks;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.id.EndpointId;
import dev.hookferry.refusal.InvalidException;
import java.util.Optional;
import java.util.function.Function;

/** Redirects paths with an endpoint's uid, which the API accepts, to those with its id. */
public final class UidRedirect {
  private UidRedirect() {}

  /**
   * Returns a page that redirects a uid to the id; any other path is left to the page itself.
   *
   * @param below the rest of the path, such as {@code /edit}; empty for the endpoint's own page
   */
  public static Function<Visit, ConsoleReply> or(
      Webhooks webhooks, String below, Function<Visit, ConsoleReply> page) {
    return visit ->
        named(webhooks, visit)
            .map(id -> visit.path("/endpoints/" + id + below) + visit.query().query())
            .map(ConsoleReply::seeOther)
            .orElseGet(() -> page.apply(visit));
  }

  private static Optional<EndpointId> named(Webhooks webhooks, Visit visit) {
    String name = visit.id("id", "endpoint", text -> text);
    try {
      EndpointId id = webhooks.endpoints().id(visit.site(), name);
      return id.toString().equals(name) ? Optional.empty() : Optional.of(id);
    } catch (InvalidException e) {
      return Optional.empty();
    }
  }
}
