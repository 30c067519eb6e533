package dev.hookferry.app.cli.io;

import dev.hookferry.refusal.InvalidException;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Asks before something that cannot be undone. */
public final class Confirmation {
  @Option(
      names = {"-y", "--yes"},
      description = "Does not ask first; needed where there is no terminal to ask at.")
  private boolean yes;

  /**
   * Returns if it may be done.
   *
   * @throws CommandFailure if the person says no
   * @throws InvalidException if nobody can be asked
   */
  public void require(OutputOptions output, Supplier<String> question) {
    if (yes) {
      return;
    }
    if (!output.terminal().isThere()) {
      throw InvalidException.of("--yes", "is needed, since there is no terminal to ask at");
    }
    if (!output.terminal().agrees(question.get())) {
      throw new CommandFailure("nothing was changed");
    }
  }
}
