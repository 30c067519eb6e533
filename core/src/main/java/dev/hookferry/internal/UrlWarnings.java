package dev.hookferry.internal;

import dev.hookferry.auth.EndpointAuth;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.store.config.Config;
import java.util.ArrayList;
import java.util.List;

/** Warnings about URLs that are allowed but may be mistakes. */
public final class UrlWarnings {
  private UrlWarnings() {}

  /**
   * Returns warnings about the URL of an endpoint that is created or changed: its host name does
   * not resolve, or another endpoint of the site has the same URL.
   */
  public static List<String> of(Config config, Endpoint endpoint, CheckedTargets targets) {
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
  public static List<String> ofTokenUrl(Endpoint endpoint, CheckedTargets targets) {
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
        + " has the same URL: it receives an event twice if both want it";
  }

  private static boolean isSame(TargetUrl one, TargetUrl other) {
    return one.scheme().equals(other.scheme())
        && one.host().equals(other.host())
        && one.port() == other.port()
        && one.pathAndQuery().equals(other.pathAndQuery());
  }
}
