package dev.hookferry.app.cli.io;

/** A command could not do what it was asked; the message is for the person who typed it. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandFailure(String message) {
    super(message);
  }
}
