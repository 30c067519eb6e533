package dev.hookferry.app.cli.option;

import dev.hookferry.app.config.value.Durations;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for a period of time. */
public final class WindowOptions {
  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Start of the period: 2026-04-29T16:00:00Z, or how long ago, such as 2h.")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "End of the period (exclusive), in the same formats.")
  private @Nullable String until;

  public @Nullable String since() {
    return moment(since);
  }

  public @Nullable String until() {
    return moment(until);
  }

  /** Converts an age to a time; leaves anything else for the server to validate. */
  private static @Nullable String moment(@Nullable String text) {
    if (text == null || !text.matches("[0-9]{1,9}(ms|s|m|h|d)")) {
      return text;
    }
    return InstantSource.system().instant().minus(Durations.parse(text)).toString();
  }
}
