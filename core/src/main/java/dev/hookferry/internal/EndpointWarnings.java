package dev.hookferry.internal;

import dev.hookferry.auth.EndpointAuth;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.id.EndpointId;
import dev.hookferry.internal.endpoint.SubscriptionWarnings;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.site.Site;
import dev.hookferry.store.config.Config;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Warnings about an endpoint that is allowed but may be a mistake. */
public final class EndpointWarnings {
  private EndpointWarnings() {}

  /**
   * Returns warnings about the new URL and the new subscriptions of an endpoint.
   *
   * @param before the endpoint before the change, or null if it is new
   */
  public static List<String> of(
      Config config, Endpoint endpoint, @Nullable Endpoint before, CheckedTargets targets) {
    boolean sameUrl = before != null && endpoint.url().equals(before.url());
    List<String> warnings =
        new ArrayList<>(sameUrl ? ofTokenUrl(endpoint, targets) : ofUrl(config, endpoint, targets));
    Site site = config.sites().get(endpoint.site());
    if (site != null) {
      List<EventTypeFilter> known = before == null ? List.of() : before.eventTypes();
      warnings.addAll(
          SubscriptionWarnings.of(site.settings().catalog(), endpoint.eventTypes(), known));
    }
    return warnings;
  }

  /**
   * Returns warnings about the URL of an endpoint that is created or changed: its host name does
   * not resolve, or another endpoint of the site has the same URL.
   */
  private static List<String> ofUrl(Config config, Endpoint endpoint, CheckedTargets targets) {
    List<String> warnings = new ArrayList<>(ofNames(endpoint, targets));
    ConfigHolder.endpoints(config, endpoint.site()).stream()
        .filter(other -> !other.id().equals(endpoint.id()))
        .filter(other -> isSame(other.url(), endpoint.url()))
        .forEach(other -> warnings.add(duplicate(other.id())));
    return warnings;
  }

  /** Returns a warning for each host name of an endpoint that does not resolve. */
  public static List<String> ofNames(Endpoint endpoint, CheckedTargets targets) {
    List<String> warnings = new ArrayList<>();
    if (targets.isUnresolved(endpoint.url().text())) {
      warnings.add(unresolved(endpoint.url().text()));
    }
    warnings.addAll(ofTokenUrl(endpoint, targets));
    return warnings;
  }

  /** Returns a warning if the host name in the token URL of an endpoint does not resolve. */
  private static List<String> ofTokenUrl(Endpoint endpoint, CheckedTargets targets) {
    return endpoint.auth() instanceof EndpointAuth.OAuth2 client
            && targets.isUnresolved(client.tokenUrl().text())
        ? List.of(unresolved(client.tokenUrl().text()))
        : List.of();
  }

  public static String unresolved(String url) {
    return "the name " + TargetUrl.template(url).host() + " does not resolve at this moment";
  }

  private static String duplicate(EndpointId other) {
    return "the endpoint "
        + other
        + " has the same URL: events that match both endpoints arrive there twice";
  }

  private static boolean isSame(TargetUrl one, TargetUrl other) {
    return one.scheme().equals(other.scheme())
        && one.host().equals(other.host())
        && one.port() == other.port()
        && one.pathAndQuery().equals(other.pathAndQuery());
  }
}
