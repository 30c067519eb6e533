package dev.hookferry.app.cli.io;

import dev.hookferry.refusal.InvalidException;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Asks for confirmation before an action that cannot be undone. */
public final class Confirmation {
  @Option(
      names = {"-y", "--yes"},
      description = "Skips the confirmation; required where there is no terminal.")
  private boolean yes;

  /**
   * Checks that the user has confirmed or can be prompted.
   *
   * @throws InvalidException if there is no terminal and no {@code --yes}
   */
  public void requirePossible(OutputOptions output) {
    if (!yes && !output.terminal().isInteractive()) {
      throw InvalidException.of("--yes", "is required: there is no terminal to ask");
    }
  }

  /**
   * Returns once confirmed; prompts and blocks unless {@code --yes} was given.
   *
   * @throws CommandFailure if the user declines
   * @throws InvalidException if there is no terminal and no {@code --yes}
   */
  public void require(OutputOptions output, Supplier<String> question) {
    requirePossible(output);
    if (!yes && !output.terminal().agrees(question.get())) {
      throw new CommandFailure("nothing was changed");
    }
  }
}
