package dev.hookferry.app.cli.option;

import dev.hookferry.app.config.value.Durations;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.store.transfer.TransferHistory;
import java.time.InstantSource;
import picocli.CommandLine.Option;

/** The option that limits how much of the past is copied or saved. */
public final class HistoryOption {
  private static final String NAME = "--history";

  @Option(
      names = NAME,
      paramLabel = "PERIOD",
      description = {
        "How much of the past: all, none, or a duration such as 30d (default: all).",
        "Events with pending deliveries are always included."
      })
  private String text = "all";

  /**
   * Returns the history as of now.
   *
   * @throws InvalidException if the option is malformed
   */
  public TransferHistory value() {
    return switch (text) {
      case "all" -> TransferHistory.ALL;
      case "none" -> TransferHistory.NONE;
      default -> {
        try {
          yield TransferHistory.last(Durations.parse(text), InstantSource.system().instant());
        } catch (IllegalArgumentException e) {
          throw InvalidException.of(
              NAME, "must be all, none or a duration such as 30d (got " + text + ")");
        }
      }
    };
  }
}
