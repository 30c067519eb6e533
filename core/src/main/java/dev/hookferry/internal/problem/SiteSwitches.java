package dev.hookferry.internal.problem;

import dev.hookferry.id.SiteId;
import dev.hookferry.site.Site;
import dev.hookferry.store.config.Config;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Follower of the configuration, on every node, that keeps in memory when sites were enabled.
 * Thread-safe.
 */
public final class SiteSwitches {
  private final InstantSource clock;
  private final Map<SiteId, Instant> switchedOn = new ConcurrentHashMap<>();
  private Config before = Config.EMPTY;

  /** Creates a follower that starts from the empty configuration. */
  public SiteSwitches(InstantSource clock) {
    this.clock = clock;
  }

  /** Applies the next configuration, at a cost proportional to the number of changes. */
  public synchronized void configured(Config config) {
    for (SiteId id : config.diff(before).sites()) {
      boolean isOn = isOn(config.sites().get(id));
      if (isOn && before.sites().containsKey(id) && !isOn(before.sites().get(id))) {
        switchedOn.put(id, clock.instant());
      } else if (!isOn) {
        switchedOn.remove(id);
      }
    }
    before = config;
  }

  private static boolean isOn(@Nullable Site site) {
    return site != null && site.settings().webHooksEnabled();
  }

  /** Returns whether a site was enabled less than {@code time} before {@code now}. */
  public boolean wasSwitchedOnWithin(Duration time, SiteId site, Instant now) {
    Instant since = switchedOn.get(site);
    return since != null && since.isAfter(now.minus(time)) && !since.isAfter(now);
  }
}
