package dev.hookferry.app;

import dev.hookferry.app.cli.CommandLines;
import dev.hookferry.app.logging.Logs;

/** The entry point of {@code java -jar hookferry.jar}. */
public final class Main {
  private Main() {}

  /** Runs a command. Logging stays off except for the server, which configures it itself. */
  public static void main(String[] args) {
    Logs.offAtFirst();
    System.exit(CommandLines.create(args).execute(args));
  }
}
