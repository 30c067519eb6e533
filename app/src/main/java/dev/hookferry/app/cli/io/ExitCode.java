package dev.hookferry.app.cli.io;

/** Exit codes of the process. */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;

  /** The store failed for good, such as after a failed forced write; a restart is needed. */
  public static final int STORE_STOPPED = 3;

  private ExitCode() {}

  public static int of(boolean done) {
    return done ? DONE : FAILED;
  }
}
