package dev.hookferry.app.logging;

import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Formats exceptions as one line. */
public final class Causes {
  private static final int DEEPEST = 5;

  private Causes() {}

  /** Returns the messages of an exception and its causes, outermost first, without repeats. */
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

  /** Like {@link #of}, without Java class names, for users of commands. */
  public static String inWords(Throwable failure) {
    StringBuilder text = new StringBuilder();
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      String words = words(cause);
      if (text.indexOf(words) < 0) {
        text.append(text.length() == 0 ? "" : ": ").append(words);
      }
      cause = cause.getCause();
    }
    return text.toString();
  }

  private static String words(Throwable cause) {
    String message = cause.getMessage();
    if (message == null || message.isBlank()) {
      return name(cause);
    }
    if (cause instanceof NoSuchFileException) {
      return "no such file: " + message;
    }
    if (cause instanceof FileSystemException file && file.getReason() == null) {
      return name(cause) + ": " + message;
    }
    return cause instanceof UnknownHostException ? "unknown host " + message : message;
  }

  /** Turns {@code AccessDeniedException} into "access denied". */
  private static String name(Throwable cause) {
    return cause
        .getClass()
        .getSimpleName()
        .replaceFirst("(Exception|Error)$", "")
        .replaceAll("([a-z])([A-Z])", "$1 $2")
        .toLowerCase(Locale.ROOT);
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
