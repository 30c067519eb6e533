package dev.hookferry.app.cli.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for a period of time whose start is required. */
public final class ReplayPeriod {
  @Option(
      names = "--since",
      required = true,
      paramLabel = "TIME",
      description = {
        "Start of the period, required: 2026-04-29T16:00:00Z, a date in UTC such as 2026-04-29, or",
        "how long ago, such as 2h."
      })
  private String since = "";

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = {
        "End of the period (exclusive), in the same formats (default: now); a date means 00:00 UTC,",
        "so that day is excluded."
      })
  private @Nullable String until;

  /** Returns the start, as an ISO 8601 time. */
  public String since() {
    return WindowOptions.moment("--since", since);
  }

  /** Returns the end, or null for now. */
  public @Nullable String until() {
    return until == null ? null : WindowOptions.end(since, until);
  }
}
