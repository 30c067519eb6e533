package dev.hookferry.jdbc.dialect;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an exception of a driver means. */
public enum SqlFault {
  /** A unique key has the value already. */
  DUPLICATE,
  /** Somebody took for granted what is not so. */
  CARELESS,
  /** The transaction was rolled back, and would pass if it were run again. */
  PASSING,
  /** The connection is lost; another one may be better. */
  DISCONNECTED,
  /** A value that the database will never take. */
  UNFIT,
  /** Anything else. */
  OTHER;

  private static final int MARIADB_DUPLICATE = 1062;

  /** A packet too large, text that is none, a constraint that failed. */
  private static final Set<Integer> MARIADB_UNFIT = Set.of(1153, 1366, 4025);

  public static SqlFault of(Throwable thrown) {
    if (thrown instanceof NotOwnedException
        || thrown instanceof OutdatedRoutesException
        || thrown instanceof UnreadableRowException) {
      return CARELESS;
    }
    SQLException cause = sql(thrown);
    if (cause == null) {
      return OTHER;
    }
    String state = cause.getSQLState() == null ? "" : cause.getSQLState();
    if (state.equals("23505") || cause.getErrorCode() == MARIADB_DUPLICATE) {
      return DUPLICATE;
    }
    if (state.startsWith("40")) {
      return PASSING;
    }
    if (isUnfit(state, cause.getErrorCode())) {
      return UNFIT;
    }
    boolean lost = state.startsWith("08") || state.startsWith("57P");
    return lost && !hasTimedOut(cause) ? DISCONNECTED : OTHER;
  }

  /** By class: 22 is about data, 23 about constraints, 54 about sizes. */
  private static boolean isUnfit(String state, int code) {
    return state.startsWith("22")
        || state.startsWith("23")
        || state.startsWith("54")
        || MARIADB_UNFIT.contains(code);
  }

  /** Whether a row has values that none of ours has, or that the database cannot read itself. */
  public static boolean isUnreadable(Throwable thrown) {
    SQLException cause = sql(thrown);
    return cause == null || (cause.getSQLState() != null && cause.getSQLState().startsWith("XX"));
  }

  /** Whoever has waited a minute for an answer need not wait for the next one. */
  private static boolean hasTimedOut(@Nullable Throwable thrown) {
    return thrown != null
        && (thrown instanceof SocketTimeoutException || hasTimedOut(thrown.getCause()));
  }

  /** Whether a statement was stopped because it took too long. */
  public static boolean isOutOfTime(Throwable thrown) {
    SQLException cause = sql(thrown);
    String state = cause == null ? null : cause.getSQLState();
    return cause instanceof SQLTimeoutException || "57014".equals(state) || "70100".equals(state);
  }

  private static @Nullable SQLException sql(@Nullable Throwable thrown) {
    if (thrown instanceof SQLException found) {
      SQLException next = found.getNextException();
      return found.getSQLState() == null && next != null ? next : found;
    }
    return thrown == null ? null : sql(thrown.getCause());
  }

  /**
   * Whether no driver is there for a URL, which {@link java.sql.DriverManager} only says in words.
   */
  public static boolean isNoDriver(SQLException thrown) {
    return String.valueOf(thrown.getMessage()).startsWith("No suitable driver");
  }

  /** What the driver said, for a person; the pool says only that it has waited. */
  public static String message(Throwable thrown) {
    SQLException cause = sql(thrown);
    if (cause instanceof SQLTransientConnectionException && cause.getCause() != null) {
      return "no connection: " + message(cause.getCause());
    }
    String text = cause == null ? thrown.getMessage() : cause.getMessage();
    return text == null ? thrown.getClass().getSimpleName() : text.lines().findFirst().orElse("");
  }
}
