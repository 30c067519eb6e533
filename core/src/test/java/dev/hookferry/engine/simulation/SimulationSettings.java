package dev.hookferry.engine.simulation;

import dev.hookferry.retry.RetrySettings;
import dev.hookferry.site.SiteSettings;
import java.time.Duration;

/** Settings to test with. */
public final class SimulationSettings {
  private SimulationSettings() {}

  static SiteSettings with(RetrySettings retry) {
    return SiteSettings.DEFAULT.withRetry(retry);
  }

  public static SiteSettings exponential() {
    return with(RetrySettings.of(3, Duration.ofMinutes(1)).exponential());
  }

  public static SiteSettings enabled(boolean enabled) {
    return SiteSettings.DEFAULT.withWebHooksEnabled(enabled);
  }
}
