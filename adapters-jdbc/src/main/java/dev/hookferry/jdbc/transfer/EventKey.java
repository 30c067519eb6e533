package dev.hookferry.jdbc.transfer;

import dev.hookferry.id.DeliveryId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A position between the events of a site, or within an event.
 *
 * @param site the site
 * @param acceptedAt when the event was accepted
 * @param seq orders events of the same millisecond; 0 if the id does
 * @param id the event's id
 * @param delivery the last of its deliveries that has been read; null if all have been read
 */
record EventKey(
    String site, Instant acceptedAt, long seq, String id, @Nullable DeliveryId delivery) {
  private static final int PARTS = 5;

  /** Encodes the position. Neither sites nor ids contain a colon. */
  String text() {
    return String.join(
        ":",
        site,
        Long.toString(acceptedAt.toEpochMilli()),
        Long.toString(seq),
        id,
        delivery == null ? "" : delivery.value().toString());
  }

  /**
   * Parses the output of {@link #text}.
   *
   * @throws IllegalArgumentException if the text is malformed
   */
  static EventKey parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException(text + " is not a position of this source");
    }
    return new EventKey(
        parts[0],
        Instant.ofEpochMilli(Long.parseLong(parts[1])),
        Long.parseLong(parts[2]),
        parts[3],
        parts[4].isEmpty() ? null : new DeliveryId(UUID.fromString(parts[4])));
  }
}
