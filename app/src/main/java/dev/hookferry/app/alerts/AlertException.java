package dev.hookferry.app.alerts;

/** A message that was not accepted; its text says why and contains no secrets. */
public final class AlertException extends Exception {
  private static final long serialVersionUID = 1;

  AlertException(String reason) {
    super(reason);
  }
}
