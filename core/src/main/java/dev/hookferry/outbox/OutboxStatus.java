package dev.hookferry.outbox;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * State of an outbox and its relay.
 *
 * @param name the outbox's name
 * @param place host and database, without credentials
 * @param table the table's name
 * @param relayed rows that this process published since it started
 * @param refused rows that this process rejected since it started
 * @param pending rows in the table, or null if unknown
 * @param oldest when the oldest of them was inserted, by the database's clock; null if there is
 *     none or it is unknown
 * @param rejected rows in the table of rejected rows, or null if unknown
 * @param problem the problem that currently stops the relay, or null while it works; contains no
 *     secrets but may name hosts and tables
 */
public record OutboxStatus(
    String name,
    String place,
    String table,
    long relayed,
    long refused,
    @Nullable Long pending,
    @Nullable Instant oldest,
    @Nullable Long rejected,
    @Nullable String problem) {
  public OutboxStatus {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(table, "table");
  }

  /** Returns {@code relaying}, or {@code failing} while a problem stops the relay. */
  public String state() {
    return state(problem);
  }

  /** Returns the state of a relay with this problem, or null for none. */
  public static String state(@Nullable String problem) {
    return problem == null ? "relaying" : "failing";
  }
}
