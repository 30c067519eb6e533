package dev.hookferry.app.cli;

import dev.hookferry.contract.support.Poll;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** A command that runs until it is interrupted, on its own thread. */
public final class RunningCommand implements AutoCloseable {

  private final StringWriter out = new StringWriter();
  private final CompletableFuture<Integer> code = new CompletableFuture<>();
  private final Thread thread;

  private RunningCommand(String... args) {
    CommandLine line = CommandLines.create(args);
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(out, true));
    thread = new Thread(() -> code.complete(line.execute(args)), "command");
    thread.start();
  }

  /** Begins a command. */
  public static RunningCommand start(String... args) {
    return new RunningCommand(args);
  }

  /** Returns its output so far. */
  public String out() {
    return out.toString();
  }

  /** Waits until this was printed; gives it. */
  public String await(String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    Poll.until(() -> compiled.matcher(out()).find());
    Matcher found = compiled.matcher(out());
    return found.find() ? found.group() : "";
  }

  /** Completes with the exit code. */
  public CompletableFuture<Integer> code() {
    return code;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
