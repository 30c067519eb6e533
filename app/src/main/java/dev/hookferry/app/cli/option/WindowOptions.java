package dev.hookferry.app.cli.option;

import dev.hookferry.app.client.Path;
import dev.hookferry.app.config.value.Durations;
import dev.hookferry.refusal.InvalidException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for a period of time. */
public final class WindowOptions {
  private static final int DATE = "2026-04-29".length();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = {
        "Start of the period: 2026-04-29T16:00:00Z, a date in UTC such as 2026-04-29, or how long",
        "ago, such as 2h."
      })
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description =
          "End of the period (exclusive), in the same formats; a date means 00:00 UTC, so that day is"
              + " excluded.")
  private @Nullable String until;

  public @Nullable String since() {
    return since == null ? null : moment("--since", since);
  }

  public @Nullable String until() {
    return until == null ? null : end(since, until);
  }

  /** Returns a path with the period as parameters; collects the errors in it. */
  public Path with(Path path, OptionProblems problems) {
    return path.with("since", problems.read(this::since)).with("until", problems.read(this::until));
  }

  /**
   * Parses the end of a period. A malformed start is ignored, as it is reported elsewhere.
   *
   * @throws InvalidException if it is malformed or not after the start
   */
  static String end(@Nullable String since, String until) {
    String end = moment("--until", until);
    String start = since == null ? null : parsed(since);
    if (start != null && !instant(end).isAfter(instant(start))) {
      throw InvalidException.of(
          "--until",
          "must be after --since; a date means 00:00 UTC, so that day is excluded (got "
              + until
              + ")");
    }
    return end;
  }

  private static Instant instant(String moment) {
    return OffsetDateTime.parse(moment).toInstant();
  }

  /** Parses a time, date or age into an ISO 8601 time, whose range the server checks. */
  static String moment(String option, String text) {
    String moment = parsed(text);
    if (moment == null) {
      throw InvalidException.of(
          option,
          "must be how long ago, such as 2h, a date such as 2026-04-29, or a time such as"
              + " 2026-04-29T16:39:49Z (got "
              + text
              + ")");
    }
    return moment;
  }

  private static @Nullable String parsed(String text) {
    if (text.matches("[0-9]{1,9}(ms|s|m|h|d)")) {
      Instant since = InstantSource.system().instant().minus(Durations.parse(text));
      return since.truncatedTo(ChronoUnit.MILLIS).toString();
    }
    try {
      if (text.length() == DATE) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toString();
      }
      OffsetDateTime unused = OffsetDateTime.parse(text);
      return text;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
