package dev.hookferry.app.cli;

import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.refusal.Nearest;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Messages for usage errors, replacing picocli's where they are about its own internals. */
public final class WrongUsage {
  private WrongUsage() {}

  /** Returns the error as a sentence, with the closest valid word if there is one. */
  public static String text(ParameterException e) {
    if (isWithoutCommand(e)) {
      return "missing command";
    }
    return e instanceof UnmatchedArgumentException unmatched ? unknown(unmatched) : message(e);
  }

  /** Returns whether a subcommand is required and missing. */
  public static boolean isWithoutCommand(ParameterException e) {
    return message(e).startsWith("Missing required subcommand");
  }

  private static String message(ParameterException e) {
    return String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
  }

  private static String unknown(UnmatchedArgumentException e) {
    // With several unknown options, the first of the list may be the value of another.
    List<String> unmatched = e.getUnmatched();
    String first =
        unmatched.stream()
            .filter(word -> word.startsWith("-"))
            .findFirst()
            .orElse(unmatched.get(0));
    String word = first.replaceFirst("(?<=.)=.*", "");
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    if (word.equals("--url") && spec.findOption(ServerOptions.NAME) != null) {
      return "unknown option --url; " + ServerOptions.NAME + " sets the server's address";
    }
    if (word.startsWith("-")) {
      return "unknown option " + word + Nearest.hint(word, spec.optionsMap().keySet());
    }
    return spec.subcommands().isEmpty()
        ? "unexpected argument " + word
        : "unknown command " + word + Nearest.hint(word, spec.subcommands().keySet());
  }
}
