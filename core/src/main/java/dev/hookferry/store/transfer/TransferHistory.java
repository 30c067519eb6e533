package dev.hookferry.store.transfer;

import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * The part of the history to transfer. An event is transferred, with all its deliveries and
 * attempts, if it has a pending delivery or was accepted recently enough. An audit entry is
 * transferred if it is recent enough. Everything else is always transferred.
 *
 * @param since the time from which events and audit entries are transferred, inclusive
 */
public record TransferHistory(Instant since) {
  /** The complete history. */
  public static final TransferHistory ALL = new TransferHistory(Instant.MIN);

  /** Only events with pending deliveries, and no audit entries. */
  public static final TransferHistory NONE = new TransferHistory(Instant.MAX);

  public TransferHistory {
    Objects.requireNonNull(since, "since");
    boolean isBound = since.equals(Instant.MIN) || since.equals(Instant.MAX);
    since = isBound ? since : since.truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Returns the history of the most recent period.
   *
   * @param length the length of the period; positive
   * @param now the current time
   */
  public static TransferHistory last(Duration length, Instant now) {
    Objects.requireNonNull(length, "length");
    Objects.requireNonNull(now, "now");
    if (length.isNegative() || length.isZero()) {
      throw InvalidException.of("history", "must be none, all or a positive duration");
    }
    return new TransferHistory(now.minus(length));
  }

  /**
   * Returns whether an event accepted, or an audit entry made, at this time is transferred. Events
   * with pending deliveries are always transferred.
   */
  public boolean includes(Instant time) {
    Objects.requireNonNull(time, "time");
    return !time.isBefore(since);
  }

  /** Returns {@code all}, {@code none} or the start time, for marks and archives. */
  public String text() {
    if (equals(ALL)) {
      return "all";
    }
    return equals(NONE) ? "none" : since.toString();
  }

  /**
   * Parses the output of {@link #text}.
   *
   * @throws java.time.format.DateTimeParseException if the text is malformed
   */
  public static TransferHistory parse(String text) {
    Objects.requireNonNull(text, "text");
    return switch (text) {
      case "all" -> ALL;
      case "none" -> NONE;
      default -> new TransferHistory(Instant.parse(text));
    };
  }
}
