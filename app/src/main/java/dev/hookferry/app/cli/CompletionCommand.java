package dev.hookferry.app.cli;

import dev.hookferry.app.cli.io.ExitCode;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    helpCommand = true,
    description = {
      "Prints a script that lets a shell complete commands, options, and ids from the server.",
      "In bash: source <(hookferry completion bash)"
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash (default), zsh or fish.")
  private @Nullable Shell shell;

  /** A shell that completes. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Override
  public Integer call() {
    CommandSpec own = Objects.requireNonNull(spec, "not parsed");
    CommandLine root = own.root().commandLine();
    CompletedIds.mark(root);
    PrintWriter out = own.commandLine().getOut();
    out.print(shell == Shell.fish ? FishScript.of(root) : bash(root));
    out.flush();
    return ExitCode.DONE;
  }

  /** Returns a script that makes zsh understand it, without picocli's instructions at its top. */
  private static String bash(CommandLine root) {
    String name = root.getCommandName();
    return CompletedIds.inBash(AutoComplete.bash(name, root))
        .replaceFirst(
            "(?s)\\A(#![^\n]*\n).*?\n\n",
            "$1# Completes "
                + name
                + " in bash and zsh: source <("
                + name
                + " completion bash)\n\n")
        .replaceAll(" \\(see \\[\\d]\\)", "");
  }
}
