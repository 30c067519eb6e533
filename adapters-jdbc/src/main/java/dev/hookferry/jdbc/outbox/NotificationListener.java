package dev.hookferry.jdbc.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Wakes a relay when PostgreSQL notifies it of a commit. Uses a separate thread and connection.
 * Notifications only save time: without them, or while the connection is down, the relay's polls
 * find every row. Thread-safe.
 */
final class NotificationListener implements Runnable {
  /** Interval between checks of the connection, in milliseconds. */
  private static final int CHECK_MILLIS = 10_000;

  private static final int CHECK_SECONDS = 5;
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Duration pause;

  private final OutboxOptions options;
  private final Runnable wake;
  private final RelayLog log;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Connection current;

  NotificationListener(OutboxOptions options, Runnable wake, RelayLog log) {
    this(options, wake, log, PAUSE);
  }

  /** Creates a listener that pauses for this long after its connection has failed. */
  NotificationListener(OutboxOptions options, Runnable wake, RelayLog log, Duration pause) {
    this.pause = pause;
    this.options = options;
    this.wake = wake;
    this.log = log;
  }

  /** Ends the listener; does not wait for its thread. */
  void stop() {
    stopped.countDown();
    Connection open = current;
    if (open != null) {
      abort(open);
    }
  }

  @Override
  public void run() {
    try {
      do {
        try (Connection connection = options.connections().open()) {
          listen(connection);
        } catch (SQLException | RuntimeException | Error e) {
          if (stopped.getCount() > 0) {
            log.notListening(e);
          }
        }
      } while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen(Connection connection) throws SQLException {
    PGConnection notifications = connection.unwrap(PGConnection.class);
    connection.setAutoCommit(true);
    current = connection;
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN \"" + channel(options.table()) + "\"");
    }
    log.listening();
    // For rows that were committed while nothing was listening.
    wake.run();
    while (stopped.getCount() > 0) {
      if (notifications.getNotifications(CHECK_MILLIS).length > 0) {
        wake.run();
      } else if (!connection.isValid(CHECK_SECONDS)) {
        throw new SQLException("the listening connection has closed");
      }
    }
    // A connection that still listens must not be returned to a pool.
    abort(connection);
  }

  /**
   * Returns the channel that the trigger notifies, which is the table's name as PostgreSQL stores
   * it.
   */
  private static String channel(String table) {
    return table.substring(table.indexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // The connection has ended, which was the purpose.
      return;
    }
  }
}
