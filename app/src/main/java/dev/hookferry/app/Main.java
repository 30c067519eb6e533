package dev.hookferry.app;

import dev.hookferry.app.cli.CommandLines;
import dev.hookferry.app.logging.Logs;
import java.util.stream.Stream;

/** The entry point of {@code java -jar hookferry.jar}. */
public final class Main {
  private Main() {}

  /** Runs a command. Logging stays off except for the server, which configures it itself. */
  public static void main(String[] args) {
    Logs.offAtFirst();
    int code = CommandLines.create(args).execute(args);
    if (code != 0 || isBusy()) {
      System.exit(code);
    }
    // System.exit waits 0.3 seconds for the thread of the HTTP client, which is in native code.
  }

  /** Returns whether other threads would keep the process from ending by itself. */
  private static boolean isBusy() {
    Thread[] threads = new Thread[Thread.activeCount() + 8];
    int count = Thread.enumerate(threads);
    return count == threads.length
        || Stream.of(threads)
            .limit(count)
            .anyMatch(thread -> thread != Thread.currentThread() && !thread.isDaemon());
  }
}
