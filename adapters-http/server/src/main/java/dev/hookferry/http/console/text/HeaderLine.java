package dev.hookferry.http.console.text;

import java.util.List;

/** A header of a request or response. */
public record HeaderLine(String name, String value) {
  /** Reads headers that are written one per line. A line without a colon has no name. */
  public static List<HeaderLine> parse(String text) {
    return text.lines().filter(line -> !line.isBlank()).map(HeaderLine::of).toList();
  }

  private static HeaderLine of(String line) {
    int colon = line.indexOf(':');
    return colon <= 0
        ? new HeaderLine("", line)
        : new HeaderLine(line.substring(0, colon), line.substring(colon + 1).strip());
  }
}
