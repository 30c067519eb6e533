package dev.hookferry.app.cli.io;

/** Signals that a command failed; the message is shown to the user. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  public CommandFailure(String message) {
    this(message, ExitCode.FAILED);
  }

  private CommandFailure(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Returns a failure for a named resource that does not exist. */
  public static CommandFailure absent(String message) {
    return new CommandFailure(message, ExitCode.ABSENT);
  }

  /** Returns the exit code of the process. */
  public int exitCode() {
    return exitCode;
  }
}
