package dev.hookferry.app.config;

import dev.hookferry.app.config.value.Durations;
import dev.hookferry.app.config.value.ValueKind;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A retention period, such as that of events or of the audit log.
 *
 * @param time the minimum retention time, or null for forever
 */
public record RetentionConfig(@Nullable Duration time) {
  private static final Duration MIN = Duration.ofHours(1);
  private static final Duration MAX = Duration.ofDays(36_500);

  public static final ValueKind<RetentionConfig> FORM =
      ValueKind.one(
          "TIME",
          "a duration from 1h to 36500d, such as 90d, or forever",
          text -> new RetentionConfig(read(text)));

  /** Returns the minimum retention time, or empty for forever. */
  public Optional<Duration> limit() {
    return Optional.ofNullable(time);
  }

  private static @Nullable Duration read(String text) {
    if (text.equals("forever")) {
      return null;
    }
    Duration time = Durations.parse(text);
    ValueKind.require(time.compareTo(MIN) >= 0 && time.compareTo(MAX) <= 0);
    return time;
  }
}
