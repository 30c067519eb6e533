package dev.hookferry.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * What came of a command that was typed.
 *
 * @param code what the shell is told
 * @param out what was printed
 * @param err what was printed to standard error
 */
public record Typed(int code, String out, String err) {
  /** Runs a command in this process. */
  public static Typed run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = CommandLines.create();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int code = line.execute(args);
    return new Typed(code, out.toString(), err.toString());
  }
}
