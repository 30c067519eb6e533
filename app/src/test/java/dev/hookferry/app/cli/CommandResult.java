package dev.hookferry.app.cli;

import dev.hookferry.app.cli.io.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Result of a command.
 *
 * @param code what the shell is told
 * @param out what was printed
 * @param err what was printed to standard error
 */
public record CommandResult(int code, String out, String err) {
  /** Runs a command in this process. */
  public static CommandResult run(String... args) {
    return run(CommandLines.create(args), args);
  }

  /** Runs a command at a terminal where a person gives these replies, one after the other. */
  public static CommandResult replying(List<String> replies, String... args) {
    StringBuilder asked = new StringBuilder();
    Attended terminal = new Attended(new ArrayDeque<>(replies), 200, false, asked);
    CommandResult typed = run(CommandLines.create(terminal, args), args);
    return new CommandResult(typed.code, asked + typed.out, typed.err);
  }

  /** Runs a command at a terminal of this width that shows colours. */
  public static CommandResult inColor(int width, String... args) {
    Attended terminal = new Attended(new ArrayDeque<>(), width, true, new StringBuilder());
    return run(CommandLines.create(terminal, args), args);
  }

  /**
   * An interactive terminal.
   *
   * @param replies the lines that the user will type
   * @param asked the questions so far, each on a line
   */
  private record Attended(Deque<String> replies, int width, boolean hasColor, StringBuilder asked)
      implements Terminal {
    @Override
    public boolean isInteractive() {
      return true;
    }

    @Override
    public @Nullable String prompt(String question) {
      asked.append(question).append('\n');
      return replies.poll();
    }

    @Override
    public @Nullable String promptSecret(String question) {
      return replies.poll();
    }
  }

  /** Runs a command by a command line that may be used again. */
  static CommandResult run(CommandLine line, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int code = line.execute(args);
    return new CommandResult(code, out.toString(), err.toString());
  }
}
