package dev.hookferry.app.config.reading;

import dev.hookferry.app.config.value.Durations;
import dev.hookferry.app.config.value.ValueKind;
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

  private static final String NEVER = "never";
  private static final Duration MIN_FAILURE = Duration.ofDays(2);
  private static final Duration MAX_FAILURE = Duration.ofDays(30);

  /** Zero for never. */
  static final ConfigKey<Duration> DISABLE_FAILING_AFTER =
      new ConfigKey<>(
          "disableFailingAfter",
          ValueKind.one("TIME", "a duration from 2d to 30d, or never", DeliveryKeys::disabling),
          NEVER,
          "--disable-failing-after",
          "How long all attempts to an endpoint may fail before it is disabled (a notice is sent"
              + " a day ahead), or never.");

  static final ConfigKey<Duration> STOP_GRACE =
      new ConfigKey<>(
          "stopGrace",
          Durations.between("0s", "10m"),
          "20s",
          "--stop-grace",
          "How long a stop waits for requests in flight.");

  private DeliveryKeys() {}

  private static Duration disabling(String text) {
    if (text.equals(NEVER)) {
      return Duration.ZERO;
    }
    Duration limit = Durations.parse(text);
    ValueKind.require(limit.compareTo(MIN_FAILURE) >= 0 && limit.compareTo(MAX_FAILURE) <= 0);
    return limit;
  }
}
