package dev.hookferry.app.config.reading;

import dev.hookferry.app.config.value.Durations;
import java.time.Duration;

/** Configuration keys of deliveries. */
final class DeliveryKeys {
  static final ConfigKey<Duration> BLOCKED_KEY_ALERT =
      new ConfigKey<>(
          "blockedKeyAlert",
          Durations.between("1m", "30d"),
          "1h",
          "--blocked-key-alert",
          "How long an ordering key may be blocked before that is reported.");

  static final ConfigKey<Duration> STOP_GRACE =
      new ConfigKey<>(
          "stopGrace",
          Durations.between("0s", "10m"),
          "20s",
          "--stop-grace",
          "How long a stop waits for requests in flight.");

  private DeliveryKeys() {}
}
