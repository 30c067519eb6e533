package dev.hookferry.jdbc.dialect;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The meaning of a driver's exception. */
public enum SqlFault {
  /** A unique key already has the value. */
  DUPLICATE,
  /** An optimistic assumption was wrong. */
  WRONG_GUESS,
  /** The transaction was rolled back and can be repeated. */
  TRANSIENT,
  /** The connection is lost; another one may work. */
  DISCONNECTED,
  /** A value that the database will never accept. */
  REJECTED_VALUE,
  /** Anything else. */
  OTHER;

  private static final int MARIADB_DUPLICATE = 1062;

  /** Option prevents statement, read-only mode. */
  private static final Set<Integer> MARIADB_READ_ONLY = Set.of(1290, 1836);

  /** Packet too large, row too large, invalid text, too many placeholders, violated constraint. */
  private static final Set<Integer> MARIADB_REJECTED_VALUE = Set.of(1118, 1153, 1366, 1390, 4025);

  public static SqlFault of(Throwable thrown) {
    if (thrown instanceof NotOwnedException
        || thrown instanceof OutdatedRoutesException
        || thrown instanceof UnreadableRowException) {
      return WRONG_GUESS;
    }
    SQLException cause = sql(thrown);
    if (cause == null) {
      // Our own code failed on a value before the database saw it.
      return REJECTED_VALUE;
    }
    String state = cause.getSQLState() == null ? "" : cause.getSQLState();
    if (state.equals("23505") || cause.getErrorCode() == MARIADB_DUPLICATE) {
      return DUPLICATE;
    }
    if (state.startsWith("40")) {
      return TRANSIENT;
    }
    if (isRejectedValue(state, cause.getErrorCode())) {
      return REJECTED_VALUE;
    }
    boolean lost = state.startsWith("08") || state.startsWith("57P");
    return lost && !hasTimedOut(cause) ? DISCONNECTED : OTHER;
  }

  /** SQLSTATE classes: 22 data, 23 constraints, 54 sizes, XX rows that cannot be read. */
  private static boolean isRejectedValue(String state, int code) {
    return state.startsWith("22")
        || state.startsWith("23")
        || state.startsWith("54")
        || state.startsWith("XX")
        || MARIADB_REJECTED_VALUE.contains(code);
  }

  /** Returns whether a row is corrupt, or has values that Hookferry never writes. */
  public static boolean isUnreadable(Throwable thrown) {
    SQLException cause = sql(thrown);
    return cause == null || (cause.getSQLState() != null && cause.getSQLState().startsWith("XX"));
  }

  /** Returns whether a call waited so long that repeating it is pointless. */
  private static boolean hasTimedOut(@Nullable Throwable thrown) {
    return thrown != null
        && (thrown instanceof SocketTimeoutException || hasTimedOut(thrown.getCause()));
  }

  /** Returns whether a statement was cancelled because it took too long. */
  public static boolean isOutOfTime(Throwable thrown) {
    SQLException cause = sql(thrown);
    String state = cause == null ? null : cause.getSQLState();
    return cause instanceof SQLTimeoutException || "57014".equals(state) || "70100".equals(state);
  }

  /** Returns whether the server refuses writes because it is not the primary. */
  public static boolean isReadOnly(SQLException thrown) {
    return "25006".equals(thrown.getSQLState())
        || MARIADB_READ_ONLY.contains(thrown.getErrorCode());
  }

  private static @Nullable SQLException sql(@Nullable Throwable thrown) {
    if (thrown instanceof SQLException found) {
      SQLException next = found.getNextException();
      return found.getSQLState() == null && next != null ? next : found;
    }
    return thrown == null ? null : sql(thrown.getCause());
  }

  /**
   * Returns whether no driver accepts a URL; {@link java.sql.DriverManager} reports that only in
   * its message.
   */
  public static boolean isNoDriver(SQLException thrown) {
    return String.valueOf(thrown.getMessage()).startsWith("No suitable driver");
  }

  /** Returns the driver's message, since the pool's own message says only that it waited. */
  public static String message(Throwable thrown) {
    SQLException cause = sql(thrown);
    if (cause instanceof SQLTransientConnectionException && cause.getCause() != null) {
      return "no connection: " + message(cause.getCause());
    }
    String text = cause == null ? thrown.getMessage() : cause.getMessage();
    return text == null ? thrown.getClass().getSimpleName() : text.lines().findFirst().orElse("");
  }
}
