package dev.hookferry.internal.properties;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.internal.CheckedTargets;
import dev.hookferry.internal.EndpointWarnings;
import dev.hookferry.site.ServerPropertiesPlan;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tells the effect that a change of the server properties would have. */
public final class PropertiesEffect {
  private PropertiesEffect() {}

  /**
   * Returns the effect of planned changes.
   *
   * @param found warnings found before
   */
  public static ServerPropertiesPlan of(
      Config before, List<ConfigChange> changes, CheckedTargets targets, List<String> found) {
    List<Endpoint> added = new ArrayList<>();
    List<Endpoint> changed = new ArrayList<>();
    List<Endpoint> narrowed = new ArrayList<>();
    List<Endpoint> removed = new ArrayList<>();
    Set<String> warnings = new LinkedHashSet<>(found);
    for (ConfigChange change : changes) {
      if (change instanceof ConfigChange.PutEndpoint put) {
        Endpoint present = before.endpoints().get(put.endpoint().id());
        if (present != null) {
          changed.add(put.endpoint());
          List<String> lost = lostPatterns(present, put.endpoint());
          if (!lost.isEmpty()) {
            narrowed.add(put.endpoint());
          }
          warnings.addAll(lost);
        } else {
          added.add(put.endpoint());
          String url = put.endpoint().url().text();
          if (targets.isUnresolved(url)) {
            warnings.add(EndpointWarnings.unresolved(url));
          }
        }
      } else if (change instanceof ConfigChange.RemoveEndpoint gone) {
        Endpoint endpoint = before.endpoints().get(gone.id());
        if (endpoint != null) {
          removed.add(endpoint);
        }
      }
    }
    return new ServerPropertiesPlan(added, changed, narrowed, removed, List.copyOf(warnings));
  }

  private static List<String> lostPatterns(Endpoint before, Endpoint after) {
    return before.eventTypes().stream()
        .filter(filter -> !after.eventTypes().contains(filter))
        .map(EventTypeFilter::pattern)
        .filter(pattern -> pattern.contains("*"))
        .map(
            pattern ->
                "the subscription of "
                    + after.url()
                    + " to "
                    + pattern
                    + " becomes a fixed list: event types that are added later are not sent to it")
        .toList();
  }
}
