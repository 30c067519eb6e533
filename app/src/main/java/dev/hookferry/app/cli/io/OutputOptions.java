package dev.hookferry.app.cli.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.hookferry.app.text.LineText;
import dev.hookferry.app.text.Table;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code --json} option, and output as text or JSON. */
public class OutputOptions {
  private static final ObjectMapper PRETTY =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(com.fasterxml.jackson.core.JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

  @Option(names = "--json", description = "Prints JSON instead of text.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  public final boolean json() {
    return json;
  }

  public final PrintWriter out() {
    return Objects.requireNonNull(command, "not parsed").commandLine().getOut();
  }

  /** Returns standard error. */
  public final PrintWriter err() {
    return Objects.requireNonNull(command, "not parsed").commandLine().getErr();
  }

  /** Returns the terminal for prompts. */
  public final Terminal terminal() {
    Object root = Objects.requireNonNull(command, "not parsed").root().userObject();
    return ((HasTerminal) root).terminal();
  }

  /** Prints a line to standard error, since the result on standard output may go to a file. */
  public final void note(String text) {
    err().println(LineText.printable(text));
  }

  /** Prints a warning to standard error. */
  public final void warn(String text) {
    note("hookferry: warning: " + text);
  }

  /** Prints one line of text; escapes control characters that came from outside. */
  public final void line(String text) {
    out().println(LineText.printable(text));
  }

  public final void table(Table table) {
    table.lines().forEach(out()::println);
  }

  public final void print(JsonNode node) {
    try {
      out().println(PRETTY.writeValueAsString(node));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can be written", e);
    }
  }

  /** Prints the JSON if {@code --json} was given, else the line. */
  public final void result(JsonNode node, String line) {
    if (json) {
      print(node);
    } else {
      line(line);
    }
  }
}
