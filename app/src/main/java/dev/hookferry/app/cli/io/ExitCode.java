package dev.hookferry.app.cli.io;

/** Exit codes of the process. */
public final class ExitCode {
  public static final int DONE = 0;

  /** The command failed, or its result is negative, such as a delivery that failed. */
  public static final int FAILED = 1;

  public static final int USAGE = 2;

  /** The store failed permanently, such as after a failed forced write; a restart is needed. */
  public static final int STORE_STOPPED = 3;

  /** A resource named on the command line does not exist. */
  public static final int ABSENT = 4;

  /** The API key is missing or invalid, or does not permit the call. */
  public static final int REFUSED_KEY = 5;

  /** The server did not respond. */
  public static final int UNREACHABLE = 6;

  private ExitCode() {}

  public static int of(boolean done) {
    return done ? DONE : FAILED;
  }
}
