package dev.hookferry.app.cli.io;

/** What the process tells the shell. */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;

  /** The store can no longer trust its disk: a new start is needed, and does help. */
  public static final int STORE_STOPPED = 3;

  private ExitCode() {}

  public static int of(boolean done) {
    return done ? DONE : FAILED;
  }
}
