package dev.hookferry.jdbc.outbox;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.hookferry.jdbc.dialect.SqlFault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Reports a relay's current problem and writes a bounded number of log lines. Written by the
 * relay's thread and by the thread that listens for notifications; readable from any thread.
 */
final class RelayLog {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.outbox");
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  /** Maximum number of rejected rows logged per minute; the table contains all of them. */
  private static final int MAX_REJECTED = 10;

  /** States and codes for a missing table: PostgreSQL, MariaDB, MySQL and H2, Oracle. */
  private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S04", "42000");

  private static final int MAX_LENGTH = 200;

  private final String outbox;
  private volatile @Nullable String problem;
  private long failures;
  private long loggedAt;
  private long minute = System.nanoTime();
  private int rejected;
  private int suppressed;

  /** Written by the thread that listens for notifications. */
  private boolean listeningFails;

  RelayLog(String outbox) {
    this.outbox = outbox;
  }

  /** Returns the problem that currently stops the relay, or null. */
  @Nullable String problem() {
    return problem;
  }

  /** Reports that a round failed: a line for the first failure, then at most one per minute. */
  void failed(Throwable cause, String table, @Nullable OutboxDialect dialect) {
    if (cause instanceof CancellationException) {
      return;
    }
    String text = printable(text(cause)) + hint(cause, table, dialect);
    problem = text;
    failures++;
    long now = System.nanoTime();
    if (failures == 1 || now - loggedAt >= MINUTE) {
      loggedAt = now;
      LOG.log(
          WARNING,
          "outbox failing outbox={0} failures={1} cause={2}",
          outbox,
          Long.toString(failures),
          quoted(text));
    }
  }

  private static String text(Throwable cause) {
    if (cause instanceof SQLException) {
      return SqlFault.message(cause);
    }
    if (cause instanceof Error) {
      return cause.toString();
    }
    String text = cause.getMessage();
    return text == null ? cause.getClass().getSimpleName() : text;
  }

  private static String hint(Throwable cause, String table, @Nullable OutboxDialect dialect) {
    if (dialect == null || !(cause instanceof SQLException sql) || !isMissingTable(sql)) {
      return "";
    }
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    String rejected = OutboxTable.rejected(table.substring(table.indexOf('.') + 1));
    boolean isRejectedTable = message.contains(rejected.toLowerCase(Locale.ROOT));
    return "; if the table %s is missing, create it: hookferry outboxes ddl --dialect %s"
        .formatted(isRejectedTable ? OutboxTable.rejected(table) : table, dialect.word());
  }

  private static boolean isMissingTable(SQLException cause) {
    return NO_TABLE.contains(String.valueOf(cause.getSQLState()))
        || String.valueOf(cause.getMessage()).contains("no such table");
  }

  /** Reports that there is no second connection, which merely makes the relay slower. */
  void alone(Throwable cause) {
    LOG.log(DEBUG, "outbox has no second connection: relaying is slower outbox=" + outbox, cause);
  }

  /** Reports once that notifications do not arrive, which merely makes the relay slower. */
  void notListening(Throwable cause) {
    if (!listeningFails) {
      listeningFails = true;
      LOG.log(
          WARNING,
          "outbox not listening: polling continues outbox={0} cause={1}",
          outbox,
          quoted(printable(text(cause))));
    }
  }

  /** Reports that notifications arrive. */
  void listening() {
    if (listeningFails) {
      listeningFails = false;
      LOG.log(INFO, "outbox listening outbox={0}", outbox);
    }
  }

  /** Reports that a round succeeded. */
  void worked() {
    if (problem != null) {
      LOG.log(INFO, "outbox recovered outbox={0} failures={1}", outbox, Long.toString(failures));
      problem = null;
      failures = 0;
    }
  }

  /** Reports a row that was moved to the table of rejected rows. */
  void rejected(OutboxRow row, String reason) {
    long now = System.nanoTime();
    if (now - minute >= MINUTE) {
      minute = now;
      rejected = 0;
    }
    if (rejected == MAX_REJECTED) {
      suppressed++;
      return;
    }
    rejected++;
    LOG.log(
        WARNING,
        "outbox row rejected outbox={0} event={1} site={2} type={3} suppressed={4} cause={5}",
        outbox,
        value(row.eventId()),
        value(row.site()),
        value(row.type()),
        Integer.toString(suppressed),
        quoted(printable(reason)));
    suppressed = 0;
  }

  /** Quotes a value if necessary, so that producers' text cannot forge log keys. */
  private static String value(String text) {
    String printable = printable(text);
    return printable.matches("[^ \"\\\\]+") ? printable : quoted(printable);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /**
   * Replaces control characters and shortens the text, so that producers cannot forge log lines.
   */
  private static String printable(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() <= MAX_LENGTH ? clean : clean.substring(0, MAX_LENGTH) + "…";
  }
}
