package dev.hookferry.app.cli.io;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.text.LineText;
import dev.hookferry.app.text.PrettyTree;
import dev.hookferry.app.text.Table;
import dev.hookferry.app.text.TerminalTable;
import dev.hookferry.app.transfer.ProgressPrinter;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that select the output format, and output in that format. */
public class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description =
          "text (default) or json; for lists also csv, and wide, which shows every column.")
  private OutputFormat format = OutputFormat.text;

  @Option(names = "--json", description = "Prints JSON instead of text; the same as -o json.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  public final boolean json() {
    return json || format == OutputFormat.json;
  }

  /** Returns whether tables are printed in CSV. */
  public final boolean csv() {
    return format == OutputFormat.csv;
  }

  /**
   * Rejects a format that the command does not support, before it runs.
   *
   * @throws ParameterException if the format is not supported
   */
  public final void requireFormat() {
    CommandSpec spec = command();
    if (json && format != OutputFormat.text && format != OutputFormat.json) {
      throw new ParameterException(
          spec.commandLine(), "--json and -o " + format + " cannot be combined");
    }
    if (!format.isForAll() && !isList(spec)) {
      throw new ParameterException(
          spec.commandLine(), "--output must be text or json here; csv and wide are for lists");
    }
  }

  private static boolean isList(CommandSpec spec) {
    return spec.name().equals("list") || spec.findOption("--limit") != null;
  }

  /** Returns a usage error, which is printed with a pointer to the command's help. */
  public final ParameterException usage(String text) {
    return new ParameterException(command().commandLine(), text);
  }

  /** Returns the usage error for a missing argument, by its label in the help. */
  public final MissingParameterException missing(String label) {
    ArgSpec argument =
        command().positionalParameters().stream()
            .filter(one -> one.paramLabel().equals(label))
            .findFirst()
            .orElseThrow();
    return new MissingParameterException(command().commandLine(), argument, label);
  }

  /** Returns whether an option was given explicitly. */
  public final boolean isGiven(String option) {
    return command().commandLine().getParseResult().hasMatchedOption(option);
  }

  private CommandSpec command() {
    return Objects.requireNonNull(command, "not parsed");
  }

  public final PrintWriter out() {
    return command().commandLine().getOut();
  }

  /** Returns standard error. */
  public final PrintWriter err() {
    return command().commandLine().getErr();
  }

  /** Returns the terminal for prompts. */
  public final Terminal terminal() {
    Object root = command().root().userObject();
    return ((TerminalProvider) root).terminal();
  }

  /** Prints a line to standard error, since the result on standard output may go to a file. */
  public final void note(String text) {
    err().println(LineText.printable(text));
  }

  /** Prints a warning to standard error. */
  public final void warn(String text) {
    note("hookferry: warning: " + text);
  }

  /** Returns a progress printer to standard error, which redraws its line on a terminal. */
  public final ProgressPrinter progress() {
    return new ProgressPrinter(err(), terminal().isInteractive(), InstantSource.system());
  }

  /**
   * Prints one line of text and escapes control characters. With CSV output, the line goes to
   * standard error.
   */
  public final void line(String text) {
    PrintWriter writer = csv() ? err() : out();
    writer.println(LineText.printable(text));
  }

  /** Returns whether tables are fitted to a terminal, rather than printed in full. */
  public final boolean isFitted() {
    return format == OutputFormat.text && terminal().isInteractive();
  }

  /** Prints a table in the chosen format, fitted to the width of a terminal. */
  public final void table(Table table) {
    if (csv()) {
      table.csv().forEach(line -> out().print(line + "\r\n"));
      out().flush();
    } else if (isFitted()) {
      fitted(table, isList(command()));
    } else {
      table.lines().forEach(out()::println);
    }
  }

  /** Prints a table below other output; a terminal hides columns that do not fit. */
  public final void part(Table table) {
    if (isFitted()) {
      fitted(table, true);
    } else {
      table.lines().forEach(out()::println);
    }
  }

  private void fitted(Table table, boolean mayHide) {
    Instant now = InstantSource.system().instant();
    TerminalTable fitted =
        new TerminalTable(table, terminal().width(), mayHide, terminal().hasColor(), now);
    fitted.lines().forEach(out()::println);
    if (!fitted.hidden().isEmpty()) {
      String hidden = String.join(", ", fitted.hidden());
      String all = isList(command()) ? "-o wide" : "-o json";
      LineText.wrapped(
              "not shown: " + hidden + "; " + all + " shows everything", terminal().width())
          .forEach(this::note);
    }
  }

  public final void print(JsonNode node) {
    out().println(PrettyTree.of(node));
  }

  /** Prints the JSON if that was requested, else the line. */
  public final void result(JsonNode node, String line) {
    if (json()) {
      print(node);
    } else {
      line(line);
    }
  }
}
