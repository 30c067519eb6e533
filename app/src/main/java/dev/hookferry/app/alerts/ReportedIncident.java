package dev.hookferry.app.alerts;

import dev.hookferry.app.config.AlertType;
import dev.hookferry.event.Sha256;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A reported incident, as stored for later runs.
 *
 * @param type its kind
 * @param about its subject, such as an endpoint
 * @param reportedAt when it was reported
 * @param isOpen whether its end must still be reported
 */
record ReportedIncident(AlertType type, String about, Instant reportedAt, boolean isOpen) {
  private static final String OPEN = "open";
  private static final String OVER = "over";
  private static final int PARTS = 4;

  /** Returns a short name that is equal for the beginning and the end of an incident. */
  String name() {
    String key = Alert.key(type, about);
    return Sha256.hex(key.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }

  /** Returns the text form that {@link #parse} reads, in visible ASCII. */
  String text() {
    return String.join(
        "&",
        type.code(),
        isOpen ? OPEN : OVER,
        Long.toString(reportedAt.getEpochSecond()),
        URLEncoder.encode(about, StandardCharsets.UTF_8));
  }

  /** Parses the text form; empty if it is damaged or was written by an incompatible version. */
  static Optional<ReportedIncident> parse(String text) {
    String[] parts = text.split("&", PARTS);
    try {
      return Arrays.stream(AlertType.values())
          .filter(type -> parts.length == PARTS && type.code().equals(parts[0]))
          .findAny()
          .map(
              type ->
                  new ReportedIncident(
                      type,
                      URLDecoder.decode(parts[3], StandardCharsets.UTF_8),
                      Instant.ofEpochSecond(Long.parseLong(parts[2])),
                      parts[1].equals(OPEN)));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
