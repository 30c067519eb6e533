package dev.hookferry.app;

import dev.hookferry.app.cli.CommandLines;
import dev.hookferry.app.logging.Logs;

/** Where {@code java -jar hookferry.jar} begins. */
public final class Main {
  private Main() {}

  /** Runs a command; only the server has a log, which it sets up itself. */
  public static void main(String[] args) {
    Logs.off();
    System.exit(CommandLines.create().execute(args));
  }
}
