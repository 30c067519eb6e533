package dev.hookferry.app.alerts;

/** Thrown if a channel does not accept a message; gives the reason and contains no secrets. */
public final class AlertException extends Exception {
  private static final long serialVersionUID = 1;

  AlertException(String reason) {
    super(inOneLine(reason));
  }

  /** Returns a reason without the line breaks that mail servers end it with. */
  static String inOneLine(String reason) {
    return reason.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
