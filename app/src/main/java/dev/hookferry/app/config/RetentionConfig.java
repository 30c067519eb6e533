package dev.hookferry.app.config;

import dev.hookferry.app.config.value.Durations;
import dev.hookferry.app.config.value.ValueKind;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The retention periods of events and of their log.
 *
 * @param time the minimum time, or null for forever
 */
public record RetentionConfig(@Nullable Duration time) {
  public static final ValueKind<RetentionConfig> FORM =
      ValueKind.one(
          "TIME",
          "a duration of at least 1h, such as 90d, or forever",
          text -> new RetentionConfig(read(text)));

  /** Returns the minimum time, or empty for forever. */
  public Optional<Duration> limit() {
    return Optional.ofNullable(time);
  }

  private static @Nullable Duration read(String text) {
    if (text.equals("forever")) {
      return null;
    }
    Duration time = Durations.parse(text);
    ValueKind.require(time.compareTo(Duration.ofHours(1)) >= 0);
    return time;
  }
}
