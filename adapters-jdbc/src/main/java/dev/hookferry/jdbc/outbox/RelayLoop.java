package dev.hookferry.jdbc.outbox;

import dev.hookferry.Webhooks;
import dev.hookferry.jdbc.outbox.RowPublisher.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The work of a relay's thread, batch after batch: lock rows, publish them, and once their events
 * are durable delete them, in one transaction of the outbox's database. If anything fails in
 * between, the rows stay, and their event ids make publishing them again harmless.
 *
 * <p>No position is kept: a transaction that commits late, with smaller ids than rows already
 * relayed, is found like any other.
 */
final class RelayLoop implements Runnable {
  private static final int BATCH = 500;
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_FAILURE_PAUSE = Duration.ofSeconds(5);

  private final OutboxOptions options;
  private final RowPublisher publisher;
  private final RelayLog log;
  private final Semaphore wakes = new Semaphore(0);
  private final LongAdder relayed = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private volatile boolean stopping;
  private volatile boolean abandoned;
  private volatile boolean empty;
  private volatile @Nullable Connection current;
  private @Nullable OutboxDialect dialect;

  RelayLoop(Webhooks webhooks, OutboxOptions options, RelayLog log) {
    this.options = options;
    this.log = log;
    publisher = new RowPublisher(webhooks, () -> abandoned);
  }

  /** Ends the current pause, or makes the next one none. */
  void wake() {
    if (wakes.availablePermits() == 0) {
      wakes.release();
    }
  }

  /** Ends the loop after the current batch. */
  void stop() {
    stopping = true;
    wake();
  }

  /**
   * Gives up the current batch, which may hang: its rows stay. The thread is not interrupted, since
   * an interrupt would close the files of an H2 database that the application uses.
   */
  void abandon() {
    abandoned = true;
    Connection open = current;
    if (open != null) {
      try {
        open.abort(Runnable::run);
      } catch (SQLException | RuntimeException e) {
        // It is gone either way; the database rolls the transaction back.
        return;
      }
    }
  }

  long relayed() {
    return relayed.sum();
  }

  long rejected() {
    return rejected.sum();
  }

  /** Returns whether the last poll found no row. */
  boolean isEmpty() {
    return empty;
  }

  @Override
  public void run() {
    Duration pause = Duration.ZERO;
    try {
      while (!stopping) {
        boolean woken = wakes.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
        if (!stopping) {
          pause = step(woken ? Duration.ZERO : pause);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      drop();
    }
  }

  /** Runs one round and returns the pause before the next one. */
  private Duration step(Duration before) {
    try {
      boolean found = relay(before.isZero());
      log.worked();
      return found ? Duration.ZERO : next(before, options.poll());
    } catch (SQLException | RuntimeException e) {
      failed(e);
    } catch (FailedPublish e) {
      failed(e.getCause());
    }
    empty = false;
    return next(before, LONGEST_FAILURE_PAUSE);
  }

  private void failed(@Nullable Throwable cause) {
    drop();
    if (cause != null) {
      log.failed(cause, options.table(), dialect);
    }
  }

  private static Duration next(Duration before, Duration longest) {
    Duration doubled = before.isZero() ? SHORTEST_PAUSE : before.multipliedBy(2);
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }

  /** Relays a batch; returns whether there was one. */
  private boolean relay(boolean atOnce) throws SQLException, FailedPublish {
    Connection connection = connection();
    boolean autoCommit = connection.getAutoCommit();
    int isolation = connection.getTransactionIsolation();
    OutboxTable table = table(connection);
    if (!atOnce) {
      // An idle outbox costs this one query per pause, without a transaction.
      begin(connection, true, isolation);
      empty = !table.hasRows(connection);
      if (empty) {
        giveBack(connection, autoCommit, isolation);
        return false;
      }
    }
    begin(connection, false, weaker(connection, isolation));
    boolean found = relay(connection, table);
    giveBack(connection, autoCommit, isolation);
    return found;
  }

  private boolean relay(Connection connection, OutboxTable table)
      throws SQLException, FailedPublish {
    List<OutboxRow> rows = table.lock(connection, BATCH);
    if (rows.isEmpty()) {
      connection.rollback();
      return false;
    }
    empty = false;
    Outcome outcome = publisher.publish(rows);
    table.delete(connection, outcome.accepted());
    table.reject(connection, outcome.rejected());
    connection.commit();
    relayed.add(outcome.accepted().size());
    rejected.add(outcome.rejected().size());
    for (OutboxRow row : rows) {
      String reason = outcome.rejected().get(row.id());
      if (reason != null) {
        log.rejected(row, reason);
      }
    }
    if (outcome.failure() != null) {
      throw new FailedPublish(outcome.failure());
    }
    return true;
  }

  /**
   * READ COMMITTED where possible: a stricter level would lock the gaps that writers insert into.
   */
  private static int weaker(Connection connection, int usual) throws SQLException {
    int wanted = Connection.TRANSACTION_READ_COMMITTED;
    boolean known = connection.getMetaData().supportsTransactionIsolationLevel(wanted);
    return known ? wanted : usual;
  }

  private static void begin(Connection connection, boolean autoCommit, int isolation)
      throws SQLException {
    if (connection.getAutoCommit() != autoCommit) {
      connection.setAutoCommit(autoCommit);
    }
    if (connection.getTransactionIsolation() != isolation) {
      connection.setTransactionIsolation(isolation);
    }
  }

  private Connection connection() throws SQLException {
    Connection open = current;
    if (open == null) {
      open = options.connections().open();
      current = open;
    }
    return open;
  }

  private OutboxTable table(Connection connection) throws SQLException {
    OutboxDialect known = dialect;
    if (known == null) {
      known = OutboxDialect.of(connection);
      dialect = known;
    }
    return new OutboxTable(known, options.table());
  }

  private void giveBack(Connection connection, boolean autoCommit, int isolation)
      throws SQLException {
    if (options.connections().pooled()) {
      begin(connection, autoCommit, isolation);
      current = null;
      connection.close();
    }
  }

  /** Closes the connection after a failure, without a commit. */
  private void drop() {
    Connection open = current;
    current = null;
    if (open != null) {
      try (open) {
        if (!open.getAutoCommit()) {
          open.rollback();
        }
      } catch (SQLException | RuntimeException e) {
        // A broken connection: the database has rolled back, and closing it is all that is left.
        return;
      }
    }
  }

  /** A batch that was not published completely. */
  private static final class FailedPublish extends Exception {
    private static final long serialVersionUID = 1L;

    FailedPublish(Throwable cause) {
      super(cause);
    }
  }
}
