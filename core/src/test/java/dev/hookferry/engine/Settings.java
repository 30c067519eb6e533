package dev.hookferry.engine;

import dev.hookferry.endpoint.SiteSettings;
import dev.hookferry.retry.RetrySettings;
import java.time.Duration;

/** Settings to test with. */
final class Settings {
  private Settings() {}

  static SiteSettings with(RetrySettings retry) {
    SiteSettings usual = SiteSettings.DEFAULT;
    return new SiteSettings(
        usual.webHooksEnabled(), retry, usual.secretKey(), usual.envelope(), usual.catalog());
  }

  static SiteSettings exponential() {
    return with(new RetrySettings(3, Duration.ofMinutes(1), RetrySettings.Backoff.EXPONENTIAL));
  }

  static SiteSettings enabled(boolean enabled) {
    SiteSettings usual = SiteSettings.DEFAULT;
    return new SiteSettings(
        enabled, usual.retry(), usual.secretKey(), usual.envelope(), usual.catalog());
  }
}
