package dev.hookferry.app.cli;

/** A command could not do what it was asked; the message is for the person who typed it. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }
}
