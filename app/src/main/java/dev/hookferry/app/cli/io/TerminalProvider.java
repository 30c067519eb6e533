package dev.hookferry.app.cli.io;

/** A root command that provides its terminal. */
public interface TerminalProvider {
  /** Returns the terminal that the process was started from. */
  Terminal terminal();
}
