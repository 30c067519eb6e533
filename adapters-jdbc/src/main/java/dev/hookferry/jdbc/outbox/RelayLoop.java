package dev.hookferry.jdbc.outbox;

import dev.hookferry.Webhooks;
import dev.hookferry.jdbc.outbox.RowPublisher.PublishResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The work of a relay's thread, batch after batch. In one transaction of the outbox's database, it
 * locks rows, publishes them, and deletes them once their events are durable. If anything fails in
 * between, the rows stay, and their event ids make publishing them again harmless.
 *
 * <p>While the store makes a full batch durable, the next rows are locked on a second connection,
 * if the database is PostgreSQL or H2. They are published once the batch is durable, which keeps
 * the order, while the batch's rows are being deleted.
 *
 * <p>No position is kept, so rows of a transaction that commits late, with smaller ids than rows
 * already relayed, are found like any others.
 */
final class RelayLoop implements Runnable {
  private static final int BATCH = 500;

  /**
   * Number of keys at which no more are added, to limit the parameters of a statement; the last
   * batch may exceed it.
   */
  private static final int MAX_KEYS = 500;

  /** The first pause after a batch, or after a failure. */
  static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  private static final Duration MAX_FAILURE_PAUSE = Duration.ofSeconds(5);

  private final OutboxOptions options;
  private final Duration firstPause;
  private final RowPublisher publisher;
  private final RelayLog log;
  private final Semaphore wakes = new Semaphore(0);
  private final LongAdder relayed = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private volatile boolean stopping;
  private volatile boolean abandoned;
  private volatile boolean empty;
  private final RelaySlot one;
  private final RelaySlot other;
  private @Nullable OutboxDialect dialect;

  /** The inspected table; read again after a failure, since the tables may have been changed. */
  private @Nullable OutboxTable known;

  private boolean isAlone;

  RelayLoop(Webhooks webhooks, OutboxOptions options, RelayLog log, Duration firstPause) {
    this.options = options;
    this.firstPause = firstPause;
    this.log = log;
    publisher = new RowPublisher(webhooks, () -> abandoned);
    one = new RelaySlot(options.connections());
    other = new RelaySlot(options.connections());
  }

  /** Ends the current pause, or skips the next one. */
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

  /** Abandons the current batches, which may hang. Their rows stay. */
  void abandon() {
    abandoned = true;
    one.abort();
    other.abort();
  }

  long relayed() {
    return relayed.sum();
  }

  long rejected() {
    return rejected.sum();
  }

  /** Returns whether the last poll found no rows. */
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
    } catch (SQLException | RuntimeException | Error e) {
      // Even an error, such as a lack of memory, must neither end the relay nor go unreported.
      failed(e);
    } catch (FailedPublish e) {
      failed(e.getCause());
    }
    empty = false;
    return next(before, MAX_FAILURE_PAUSE);
  }

  private void failed(@Nullable Throwable cause) {
    if (cause != null) {
      log.failed(cause, options.table(), dialect);
    }
    drop();
  }

  private Duration next(Duration before, Duration max) {
    if (before.isZero()) {
      return firstPause;
    }
    Duration doubled = before.multipliedBy(2);
    return doubled.compareTo(max) < 0 ? doubled : max;
  }

  /** Relays rows until a batch is not full; returns whether there were any. */
  private boolean relay(boolean atOnce) throws SQLException, FailedPublish {
    OutboxTable table = table();
    if (!atOnce) {
      // An idle outbox costs this one query per pause, without a transaction.
      empty = !table.hasRows(one.query());
      if (empty) {
        isAlone = false;
        one.giveBack();
        return false;
      }
    }
    List<OutboxRow> rows = lock(table, one, List.of());
    if (rows.isEmpty()) {
      return false;
    }
    empty = false;
    relayAll(table, rows);
    return true;
  }

  private void relayAll(OutboxTable table, List<OutboxRow> first)
      throws SQLException, FailedPublish {
    RelaySlot slot = one;
    RelaySlot free = other;
    List<OutboxRow> rows = first;
    RowPublisher.Sent sent = publisher.send(rows);
    while (!rows.isEmpty()) {
      List<OutboxRow> next = rows.size() == BATCH ? lockAhead(table, free, rows) : List.of();
      PublishResult outcome = sent.await();
      RowPublisher.Sent ahead = publisher.send(outcome.failure() == null ? next : List.of());
      boolean isSettled = false;
      try {
        settle(table, slot, rows, outcome);
        isSettled = true;
      } finally {
        if (!isSettled) {
          // Nothing is published again until the outcome is known.
          PublishResult unused = ahead.await();
        }
      }
      RelaySlot used = slot;
      slot = free;
      free = used;
      rows = next;
      sent = ahead;
    }
  }

  /**
   * Locks the oldest rows that may be published now. Releases the connection if there are none.
   *
   * @param ahead rows that are published before these
   */
  private static List<OutboxRow> lock(OutboxTable table, RelaySlot slot, List<OutboxRow> ahead)
      throws SQLException {
    Connection connection = slot.transaction();
    Set<String> waiting = new HashSet<>();
    while (waiting.size() < MAX_KEYS) {
      List<OutboxRow> locked = table.lock(connection, waiting, BATCH);
      List<OutboxRow> rows = table.keyOrder().ready(connection, locked, ahead);
      if (!rows.isEmpty()) {
        return rows;
      }
      connection.rollback();
      if (locked.isEmpty()) {
        break;
      }
      // A batch in which every row waits for another relay must not block the rows after it.
      locked.forEach(row -> waiting.add(String.valueOf(row.options().orderingKey())));
    }
    slot.giveBack();
    return List.of();
  }

  /**
   * Locks the rows that follow the locked ones. Returns none if the relay is stopping or the
   * database does not allow it. If a second connection is not available immediately, returns none
   * until the outbox has been empty.
   */
  private List<OutboxRow> lockAhead(OutboxTable table, RelaySlot slot, List<OutboxRow> ahead) {
    if (stopping || isAlone || !table.canLockAhead()) {
      return List.of();
    }
    try {
      isAlone = !slot.openSoon();
      return isAlone ? List.of() : lock(table, slot, ahead);
    } catch (SQLException | RuntimeException | Error e) {
      isAlone = true;
      slot.drop();
      log.alone(e);
      return List.of();
    }
  }

  private void settle(
      OutboxTable table, RelaySlot slot, List<OutboxRow> rows, PublishResult outcome)
      throws SQLException, FailedPublish {
    Connection connection = slot.open();
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
    log.worked();
    slot.giveBack();
  }

  private OutboxTable table() throws SQLException {
    OutboxTable table = known;
    if (table == null) {
      // Without a transaction, because the isolation level cannot be changed inside one.
      Connection connection = one.query();
      OutboxDialect its = OutboxDialect.of(connection);
      dialect = its;
      table = OutboxTable.of(connection, its, options.table());
      known = table;
    }
    return table;
  }

  /** Closes the connections after a failure, without a commit. */
  private void drop() {
    known = null;
    one.drop();
    other.drop();
  }

  /** A batch that was not published completely. */
  private static final class FailedPublish extends Exception {
    private static final long serialVersionUID = 1L;

    FailedPublish(Throwable cause) {
      super(cause);
    }
  }
}
