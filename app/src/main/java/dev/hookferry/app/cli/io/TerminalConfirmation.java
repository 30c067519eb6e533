package dev.hookferry.app.cli.io;

import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Asks a person for confirmation; a script, which has no terminal, is not asked. */
public final class TerminalConfirmation {
  @Option(
      names = {"-y", "--yes"},
      description = "Skips the confirmation prompt that is shown on a terminal.")
  private boolean yes;

  /**
   * Returns normally if confirmed, or if there is nobody to ask.
   *
   * @throws CommandFailure if the user declines
   */
  public void require(OutputOptions output, Supplier<String> question) {
    if (yes || !output.terminal().isThere()) {
      return;
    }
    if (!output.terminal().agrees(question.get())) {
      throw new CommandFailure("nothing was changed");
    }
  }
}
