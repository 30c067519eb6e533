package dev.hookferry.app.logging;

/** Failures in a line. */
public final class Causes {
  private static final int DEEPEST = 5;

  private Causes() {}

  /** What failed and why, from the outside in, each said once. */
  public static String of(Throwable failure) {
    StringBuilder text = new StringBuilder();
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      String message = cause.getMessage();
      if (text.length() == 0 || message == null || text.indexOf(message) < 0) {
        text.append(text.length() == 0 ? "" : ": ").append(said(cause));
      }
      cause = cause.getCause();
    }
    return text.toString();
  }

  private static String said(Throwable cause) {
    String message = cause.getMessage();
    boolean ours = cause.getClass().getName().startsWith("dev.hookferry.");
    if (message == null || message.isBlank()) {
      return cause.getClass().getSimpleName();
    }
    return ours ? message : cause.getClass().getSimpleName() + ": " + message;
  }
}
