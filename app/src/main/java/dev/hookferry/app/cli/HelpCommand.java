package dev.hookferry.app.cli;

import dev.hookferry.app.cli.io.ExitCode;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

@Command(
    name = "help",
    helpCommand = true,
    description = "Shows the help of a command, such as: help endpoints add.")
final class HelpCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      completionCandidates = Commands.class,
      description = "The command, one word or two; without it, all commands are listed.")
  private List<String> words = List.of();

  /** The names of all commands, as completion candidates. */
  static final class Commands implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return RootCommand.COMMANDS.stream().map(CommandLines::name).iterator();
    }
  }

  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec, "not parsed").root().commandLine();
    for (String word : CommandAliases.resolved(words)) {
      CommandLine below = line.getSubcommands().get(word);
      if (below == null) {
        throw new UnmatchedArgumentException(line, List.of(word));
      }
      line = below;
    }
    line.usage(Objects.requireNonNull(spec, "not parsed").commandLine().getOut());
    return ExitCode.DONE;
  }
}
