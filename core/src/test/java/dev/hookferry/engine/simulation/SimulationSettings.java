package dev.hookferry.engine.simulation;

import dev.hookferry.retry.RetrySettings;
import dev.hookferry.site.SiteSettings;
import java.time.Duration;

/** Settings to test with. */
public final class SimulationSettings {
  private SimulationSettings() {}

  static SiteSettings with(RetrySettings retry) {
    SiteSettings usual = SiteSettings.DEFAULT;
    return new SiteSettings(
        usual.webHooksEnabled(), retry, usual.secretKey(), usual.envelope(), usual.catalog());
  }

  public static SiteSettings exponential() {
    return with(new RetrySettings(3, Duration.ofMinutes(1), RetrySettings.Backoff.EXPONENTIAL));
  }

  public static SiteSettings enabled(boolean enabled) {
    SiteSettings usual = SiteSettings.DEFAULT;
    return new SiteSettings(
        enabled, usual.retry(), usual.secretKey(), usual.envelope(), usual.catalog());
  }
}
