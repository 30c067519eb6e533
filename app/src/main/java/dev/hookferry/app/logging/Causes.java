package dev.hookferry.app.logging;

import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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

  /** Formats as {@link #of} does, but without Java class names, for users of commands. */
  public static String inWords(Throwable failure) {
    StringBuilder text = new StringBuilder();
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      String words = words(cause, text.toString());
      if (text.indexOf(words) < 0) {
        append(text, words);
      }
      cause = cause.getCause();
    }
    return text.toString();
  }

  /** Appends words, without the full stop with which some drivers end the preceding message. */
  private static void append(StringBuilder text, String words) {
    if (text.length() > 0 && text.charAt(text.length() - 1) == '.') {
      text.setLength(text.length() - 1);
    }
    text.append(text.length() == 0 ? "" : ": ").append(words);
  }

  private static String words(Throwable cause, String before) {
    String message = cause.getMessage();
    if (message == null || message.isBlank()) {
      return name(cause);
    }
    if (cause instanceof NoSuchFileException) {
      return missing(message, before);
    }
    if (cause instanceof AccessDeniedException file && file.getReason() == null) {
      return "no permission for " + message;
    }
    if (cause instanceof FileSystemException file && file.getReason() == null) {
      return name(cause) + ": " + message;
    }
    return cause instanceof UnknownHostException ? "unknown host " + message : message;
  }

  /** Describes a missing file, or its directory if that does not exist either. */
  private static String missing(String file, String before) {
    Path folder = Path.of(file).toAbsolutePath().getParent();
    if (folder != null && !Files.exists(folder)) {
      return "the directory " + folder + " does not exist";
    }
    return before.contains(file) ? "no such file" : "no such file: " + file;
  }

  /** Turns {@code NotDirectoryException} into "not directory". */
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
