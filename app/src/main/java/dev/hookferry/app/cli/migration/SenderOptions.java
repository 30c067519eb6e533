package dev.hookferry.app.cli.migration;

import dev.hookferry.app.cli.option.SignatureOption;
import dev.hookferry.app.migration.sender.SenderSettings;
import dev.hookferry.field.DurationText;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.Signature;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Settings of the other system that its API does not expose. */
public final class SenderOptions {
  private static final Duration MAX_TIME = Duration.ofSeconds(30);

  @Option(
      names = "--signature",
      paramLabel = "PROFILE",
      description = {
        "How the other system signs, if its settings were changed: a profile with options",
        "(default: how it signs by default)."
      })
  private @Nullable String signature;

  @Option(
      names = "--retry",
      paramLabel = "RULE",
      description = {
        "When the other system retries, if that was changed: MAX:SECONDS[:BACKOFF], such as",
        "8:10:exponential, or a schedule of delays, such as 5s,1m,30m,2h."
      })
  private @Nullable String retry;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "The other system's time limit per attempt, if that was changed: 1s to 30s.")
  private @Nullable Duration timeout;

  /** Returns the settings of an import that begins now. */
  SenderSettings settings(ImportOptions options, List<String> scopes) {
    if (timeout != null
        && (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(MAX_TIME) > 0)) {
      throw InvalidException.of("--timeout", "must be from 1s to 30s");
    }
    return new SenderSettings(
        InstantSource.system().instant(),
        options.pageSize(),
        scopes,
        signature(),
        retry(),
        timeout);
  }

  private @Nullable Signature signature() {
    return signature == null ? null : SignatureOption.parsed("--signature", signature);
  }

  private @Nullable RetrySettings retry() {
    if (retry == null) {
      return null;
    }
    if (retry.matches("[0-9]+[a-z]+(,[0-9]+[a-z]+)*")) {
      return RetrySettings.schedule(
          Stream.of(retry.split(",", -1))
              .map(text -> DurationText.parse(text).orElseThrow(SenderOptions::malformed))
              .toList());
    }
    if (!retry.matches("[0-9]{1,4}:[0-9]{1,6}(:(fixed|exponential))?")) {
      throw malformed();
    }
    String[] parts = retry.split(":", -1);
    RetrySettings settings =
        RetrySettings.of(
            Integer.parseInt(parts[0]), Duration.ofSeconds(Integer.parseInt(parts[1])));
    return parts.length > 2 && parts[2].equals("exponential") ? settings.exponential() : settings;
  }

  private static InvalidException malformed() {
    return InvalidException.of("--retry", "must be like 8:10:exponential or 5s,1m,30m");
  }
}
