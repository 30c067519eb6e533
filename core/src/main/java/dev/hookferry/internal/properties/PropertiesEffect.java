package dev.hookferry.internal.properties;

import dev.hookferry.access.ApiKey;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CheckedTargets;
import dev.hookferry.internal.EndpointWarnings;
import dev.hookferry.site.ServerPropertiesPlan;
import dev.hookferry.site.Site;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collector of the effect that a change of the server properties would have, by folding over the
 * planned changes. Not thread-safe.
 */
public final class PropertiesEffect implements ConfigChange.Fold<PropertiesEffect> {
  private final Config before;
  private final CheckedTargets targets;
  private final List<Endpoint> added = new ArrayList<>();
  private final List<Endpoint> changed = new ArrayList<>();
  private final List<Endpoint> narrowed = new ArrayList<>();
  private final List<Endpoint> removed = new ArrayList<>();
  private final Set<String> warnings;

  private PropertiesEffect(Config before, CheckedTargets targets, List<String> found) {
    this.before = before;
    this.targets = targets;
    warnings = new LinkedHashSet<>(found);
  }

  /**
   * Returns the effect of planned changes.
   *
   * @param found warnings found earlier, which come first
   */
  public static ServerPropertiesPlan of(
      Config before, List<ConfigChange> changes, CheckedTargets targets, List<String> found) {
    PropertiesEffect effect = new PropertiesEffect(before, targets, found);
    for (ConfigChange change : changes) {
      effect = change.fold(effect);
    }
    return effect.plan();
  }

  private ServerPropertiesPlan plan() {
    return new ServerPropertiesPlan(added, changed, narrowed, removed, List.copyOf(warnings));
  }

  @Override
  public PropertiesEffect putEndpoint(Endpoint endpoint) {
    Endpoint current = before.endpoints().get(endpoint.id());
    if (current == null) {
      added.add(endpoint);
      String url = endpoint.url().text();
      if (targets.isUnresolved(url)) {
        warnings.add(EndpointWarnings.unresolved(url));
      }
      return this;
    }
    changed.add(endpoint);
    List<String> lost = lostPatterns(current, endpoint);
    if (!lost.isEmpty()) {
      narrowed.add(endpoint);
    }
    warnings.addAll(lost);
    return this;
  }

  @Override
  public PropertiesEffect removeEndpoint(EndpointId id) {
    Endpoint endpoint = before.endpoints().get(id);
    if (endpoint != null) {
      removed.add(endpoint);
    }
    return this;
  }

  // The plan lists endpoints only; the other kinds of change have no effect on it.

  @Override
  public PropertiesEffect putSite(Site site) {
    return this;
  }

  @Override
  public PropertiesEffect removeSite(SiteId id) {
    return this;
  }

  @Override
  public PropertiesEffect putEventType(EventTypeDefinition definition) {
    return this;
  }

  @Override
  public PropertiesEffect removeEventType(SiteId site, EventType type) {
    return this;
  }

  @Override
  public PropertiesEffect putKey(ApiKey key) {
    return this;
  }

  @Override
  public PropertiesEffect removeKey(KeyId id) {
    return this;
  }

  @Override
  public PropertiesEffect putRotation(@Nullable String key) {
    return this;
  }

  @Override
  public PropertiesEffect note(AuditEntry entry) {
    return this;
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
