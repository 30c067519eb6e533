package dev.hookferry.app.cli;

import java.util.Collection;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Generates completions for the fish shell, which picocli does not support. */
final class FishScript {
  private final StringBuilder script = new StringBuilder();
  private final String name;

  private FishScript(String name) {
    this.name = name;
  }

  /** Returns the completion script for a command and its subcommands. */
  static String of(CommandLine root) {
    FishScript fish = new FishScript(root.getCommandName());
    fish.line("-f");
    fish.commands("__fish_use_subcommand", root.getSubcommands().values());
    for (CommandLine command : root.getSubcommands().values()) {
      fish.command("__fish_seen_subcommand_from " + command.getCommandName(), command);
    }
    return CompletedIds.functionInFish() + fish.script;
  }

  private void command(String seen, CommandLine command) {
    Collection<CommandLine> below = command.getSubcommands().values();
    if (below.isEmpty()) {
      options(seen, command);
      for (ArgSpec argument : command.getCommandSpec().positionalParameters()) {
        String words = words(argument);
        if (!words.isEmpty()) {
          line("-n " + quoted(seen) + words);
        }
      }
      return;
    }
    String names = below.stream().map(CommandLine::getCommandName).collect(Collectors.joining(" "));
    commands(seen + "; and not __fish_seen_subcommand_from " + names, below);
    for (CommandLine one : below) {
      command(seen + "; and __fish_seen_subcommand_from " + one.getCommandName(), one);
    }
  }

  private void commands(String condition, Collection<CommandLine> commands) {
    for (CommandLine command : commands) {
      String[] description = command.getCommandSpec().usageMessage().description();
      line(
          "-n %s -a %s -d %s"
              .formatted(quoted(condition), command.getCommandName(), quoted(description[0])));
    }
  }

  private void options(String condition, CommandLine command) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      StringBuilder line = new StringBuilder("-n ").append(quoted(condition));
      for (String each : option.names()) {
        line.append(each.startsWith("--") ? " -l " : " -s ").append(each.replaceFirst("^-+", ""));
      }
      String words = words(option);
      if (option.arity().max() > 0) {
        // If the values are known, files are not candidates.
        line.append(words.isEmpty() ? " -r" : " -x");
      }
      line.append(words);
      line(line.append(" -d ").append(quoted(String.join(" ", option.description()))).toString());
    }
  }

  /** Returns the {@code -a} flag with the candidates for a value; empty if there are none. */
  private String words(ArgSpec argument) {
    Iterable<String> candidates = argument.completionCandidates();
    return candidates == null
        ? ""
        : " -a " + quoted(CompletedIds.inFish(String.join(" ", candidates)));
  }

  private void line(String rest) {
    script.append("complete -c ").append(name).append(' ').append(rest).append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
