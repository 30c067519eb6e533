package dev.hookferry.app.cli.io;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Determines the width of the terminal, which the JDK does not provide. */
final class TerminalWidth {
  private static final int NARROWEST = 20;
  private static final long MAX_MILLIS = 500;
  private static final Pattern SIZE = Pattern.compile("\\d+ (\\d{1,5})\\s*");

  private TerminalWidth() {}

  /**
   * Returns the number of columns; {@link Integer#MAX_VALUE} if unknown, as on Windows.
   *
   * @param columns the value of the variable {@code COLUMNS}, which takes precedence
   */
  static int find(@Nullable String columns) {
    if (columns != null && columns.matches("\\d{1,5}")) {
      return usable(Integer.parseInt(columns));
    }
    File terminal = new File("/dev/tty");
    if (!terminal.exists()) {
      return Integer.MAX_VALUE;
    }
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(terminal).start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = stty.waitFor(MAX_MILLIS, TimeUnit.MILLISECONDS);
      Matcher matcher = SIZE.matcher(size);
      return ended && matcher.matches()
          ? usable(Integer.parseInt(matcher.group(1)))
          : Integer.MAX_VALUE;
    } catch (IOException e) {
      return Integer.MAX_VALUE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Integer.MAX_VALUE;
    }
  }

  /** Treats a width below 20 columns as unknown: a serial line, for example, reports 0. */
  private static int usable(int columns) {
    return columns < NARROWEST ? Integer.MAX_VALUE : columns;
  }
}
