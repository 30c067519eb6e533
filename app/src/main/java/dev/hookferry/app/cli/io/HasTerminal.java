package dev.hookferry.app.cli.io;

/** A root command that knows the terminal. */
public interface HasTerminal {
  /** Returns the terminal that the process was started from. */
  Terminal terminal();
}
