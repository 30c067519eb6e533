package dev.hookferry.app.cli;

import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.refusal.Nearest;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with what was typed, in our words where picocli's are about itself. */
public final class WrongUsage {
  private WrongUsage() {}

  /** In a sentence, with the nearest right word if there is one. */
  public static String text(ParameterException e) {
    if (isWithoutCommand(e)) {
      return "say which command";
    }
    return e instanceof UnmatchedArgumentException unmatched ? unknown(unmatched) : message(e);
  }

  /** Whether the name of a command is missing where there are several. */
  public static boolean isWithoutCommand(ParameterException e) {
    return message(e).startsWith("Missing required subcommand");
  }

  private static String message(ParameterException e) {
    return String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
  }

  private static String unknown(UnmatchedArgumentException e) {
    String word = e.getUnmatched().get(0).replaceFirst("(?<=.)=.*", "");
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    if (word.equals("--url") && spec.findOption(ServerOptions.NAME) != null) {
      return "there is no option --url here; " + ServerOptions.NAME + " names the server";
    }
    if (e.isUnknownOption()) {
      return "there is no option " + word + Nearest.hint(word, spec.optionsMap().keySet());
    }
    return spec.subcommands().isEmpty()
        ? "nothing is to be done with " + word + ": there is one argument too many"
        : "there is no command " + word + Nearest.hint(word, spec.subcommands().keySet());
  }
}
