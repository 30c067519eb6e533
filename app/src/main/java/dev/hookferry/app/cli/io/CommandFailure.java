package dev.hookferry.app.cli.io;

/** A command failed; the message is shown to the user. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandFailure(String message) {
    super(message);
  }
}
