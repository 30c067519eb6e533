package dev.hookferry.http.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Parses times on the wire: RFC 3339. */
public final class Times {
  public static final String FORM = "must be a time such as 2026-04-29T16:39:49Z";

  /**
   * Latest time that every store can keep; {@link OffsetDateTime} allows years up to 999,999,999.
   */
  private static final Instant END = Instant.parse("9999-12-31T23:59:59.999Z");

  private static final int MAX_LENGTH = 64;

  private Times() {}

  /** Parses a time with any UTC offset; empty if it is malformed, before 1970 or after 9999. */
  public static Optional<Instant> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      return Optional.of(time).filter(t -> !t.isBefore(Instant.EPOCH) && !t.isAfter(END));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
