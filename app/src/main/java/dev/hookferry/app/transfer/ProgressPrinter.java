package dev.hookferry.app.transfer;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Progress display: a bar that is redrawn on a terminal, or a line every ten seconds elsewhere. Not
 * thread-safe.
 */
public final class ProgressPrinter {
  private static final Duration ON_TERMINAL = Duration.ofMillis(200);
  private static final Duration ELSEWHERE = Duration.ofSeconds(10);
  private static final int WIDTH = 30;

  private final PrintWriter out;
  private final boolean onTerminal;
  private final InstantSource clock;
  private Instant began;
  private Instant shown;
  private String verb = "";
  private String unit = "";
  private long total;
  private boolean drawn;

  /**
   * Creates a printer.
   *
   * @param onTerminal whether lines can be redrawn
   */
  public ProgressPrinter(PrintWriter out, boolean onTerminal, InstantSource clock) {
    this.out = out;
    this.onTerminal = onTerminal;
    this.clock = clock;
    began = clock.instant();
    shown = began;
  }

  /**
   * Begins a stage.
   *
   * @param newVerb the action, such as {@code copied}
   * @param newUnit the unit, such as {@code deliveries}
   * @param newTotal the approximate number at the end; 0 if it is unknown
   */
  public void begin(String newVerb, String newUnit, long newTotal) {
    end();
    verb = newVerb;
    unit = newUnit;
    total = newTotal;
    began = clock.instant();
    shown = began;
  }

  /** Shows the number so far, unless the last update was too recent. */
  public void show(long count) {
    Instant now = clock.instant();
    Duration pause = onTerminal ? ON_TERMINAL : ELSEWHERE;
    if (Duration.between(shown, now).compareTo(pause) < 0) {
      return;
    }
    shown = now;
    String line = text(count, Duration.between(began, now));
    if (onTerminal) {
      out.print("\r" + line + "   ");
      drawn = true;
    } else {
      out.println(line);
    }
    out.flush();
  }

  private String text(long count, Duration spent) {
    double rate = count * 1_000.0 / Math.max(1, spent.toMillis());
    String text = String.format(Locale.ROOT, "%s %,d %s, %,.0f/s", verb, count, unit, rate);
    if (total == 0 || rate == 0) {
      return text;
    }
    double part = Math.min(1, count / (double) total);
    Duration left = Duration.ofSeconds((long) Math.ceil(Math.max(0, total - count) / rate));
    String tail =
        String.format(Locale.ROOT, ", %d%%, %s left", (int) (part * 100), shortText(left));
    int filled = (int) (part * WIDTH);
    String bar = onTerminal ? "[" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "] " : "";
    return bar + text + tail;
  }

  private static String shortText(Duration left) {
    return left.toHours() > 0
        ? left.toHours() + " h " + left.toMinutesPart() + " min"
        : left.toMinutes() > 0
            ? left.toMinutes() + " min " + left.toSecondsPart() + " s"
            : left.toSeconds() + " s";
  }

  /** Ends the line of the bar, if one was drawn. */
  public void end() {
    if (drawn) {
      out.println();
      out.flush();
      drawn = false;
    }
  }
}
