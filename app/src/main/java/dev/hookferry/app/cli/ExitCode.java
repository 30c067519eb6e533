package dev.hookferry.app.cli;

/** What the process tells the shell. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  /** The store can no longer trust its disk: a new start is needed, and does help. */
  static final int STORE_STOPPED = 3;

  private ExitCode() {}

  static int of(boolean done) {
    return done ? DONE : FAILED;
  }
}
