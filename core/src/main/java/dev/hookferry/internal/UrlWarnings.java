package dev.hookferry.internal;

import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.store.config.Config;
import java.util.List;
import java.util.stream.Stream;

/** Warnings about URLs that are allowed but may be mistakes. */
public final class UrlWarnings {
  private UrlWarnings() {}

  /**
   * Returns warnings about host names that do not resolve and URLs that another endpoint of the
   * site already has.
   */
  public static List<String> of(
      Config config, SiteId site, List<String> urls, CheckedTargets targets) {
    return urls.stream()
        .map(TargetUrl::parse)
        .flatMap(
            url ->
                Stream.concat(
                    targets.isUnresolved(url.text())
                        ? Stream.of(unresolved(url.text()))
                        : Stream.empty(),
                    ConfigHolder.endpoints(config, site).stream()
                        .filter(other -> isSame(other.url(), url))
                        .map(other -> duplicate(other.id()))))
        .toList();
  }

  public static String unresolved(String url) {
    return "the name " + TargetUrl.parse(url).host() + " does not resolve at this moment";
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
