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

  /** A shell with a completion script. */
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
    out.print(
        switch (Objects.requireNonNullElse(shell, Shell.bash)) {
          case bash -> bash(root);
          case zsh -> zsh(root);
          case fish -> FishScript.of(root);
        });
    out.flush();
    return ExitCode.DONE;
  }

  /** Returns picocli's script, which zsh can also source, without the instructions at its top. */
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

  /**
   * Returns the bash script as a file that zsh can also autoload. Autoloaded files see no aliases,
   * so the one for {@code compopt} becomes a function.
   */
  private static String zsh(CommandLine root) {
    String bash = bash(root);
    return """
    #compdef hookferry
    # Completes hookferry in zsh: source <(hookferry completion zsh), or this as the file _hookferry in $fpath.
    """
        + bash.substring(bash.indexOf("\n\n") + 1)
            .replace("  alias compopt=complete\n", "  function compopt() { :; }\n")
        + """

        # The first completion runs a file in $fpath, and wants its answer.
        if [ "${funcstack[1]}" = _hookferry ]; then _bash_complete -o default -F _complete_hookferry; fi
        """;
  }
}
