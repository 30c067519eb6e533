package dev.hookferry.internal;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.internal.endpoint.SubscriptionWarnings;
import dev.hookferry.site.Site;
import dev.hookferry.store.config.Config;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Warnings about an endpoint that is allowed but may be a mistake. */
public final class EndpointWarnings {
  private EndpointWarnings() {}

  /**
   * Returns warnings about what is new: its URL and its subscriptions.
   *
   * @param before the endpoint before the change, or null if it is created
   */
  public static List<String> of(
      Config config, Endpoint endpoint, @Nullable Endpoint before, CheckedTargets targets) {
    boolean sameUrl = before != null && endpoint.url().equals(before.url());
    List<String> warnings =
        new ArrayList<>(
            sameUrl
                ? UrlWarnings.ofTokenUrl(endpoint, targets)
                : UrlWarnings.of(config, endpoint, targets));
    Site site = config.sites().get(endpoint.site());
    if (site != null) {
      List<EventTypeFilter> known = before == null ? List.of() : before.eventTypes();
      warnings.addAll(
          SubscriptionWarnings.of(site.settings().catalog(), endpoint.eventTypes(), known));
    }
    return warnings;
  }
}
