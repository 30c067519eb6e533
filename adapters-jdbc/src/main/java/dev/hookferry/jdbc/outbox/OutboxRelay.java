package dev.hookferry.jdbc.outbox;

import dev.hookferry.Webhooks;
import dev.hookferry.jdbc.dialect.SqlFault;
import dev.hookferry.outbox.OutboxQueue;
import dev.hookferry.outbox.OutboxStatus;
import dev.hookferry.outbox.RejectedRow;
import dev.hookferry.outbox.RowSelection;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.OverloadedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Moves the rows of an outbox into Hookferry, from {@link #start} to {@link #close}: in the order
 * of their ids, up to 500 at a time, each with its event id. A row is deleted once its event is
 * durable. Thread-safe. Uses one thread and one connection, plus a second connection while more
 * than a batch of rows waits, and one more of each if it listens for notifications.
 *
 * <p>Several relays, in this process and in others, may share an outbox; the rows of an ordering
 * key keep their order. Rows that cannot be published move to the table of rejected rows, with the
 * reason, and do not block other rows. While the outbox's database or Hookferry's store does not
 * respond, the relay keeps trying, with pauses of up to 5 seconds, and loses nothing.
 */
public final class OutboxRelay implements OutboxQueue, AutoCloseable {
  private static final Duration END = Duration.ofSeconds(1);

  private final Webhooks webhooks;
  private final OutboxOptions options;
  private final RelayLog log;
  private final RelayLoop loop;
  private final Thread thread;
  private final @Nullable NotificationListener listener;

  private OutboxRelay(Webhooks webhooks, OutboxOptions options, Duration firstPause) {
    this.webhooks = webhooks;
    this.options = options;
    log = new RelayLog(options.name());
    loop = new RelayLoop(webhooks, options, log, firstPause);
    thread = new Thread(loop, "hookferry-outbox-" + options.name());
    thread.setDaemon(true);
    listener = options.listen() ? new NotificationListener(options, loop::wake, log) : null;
  }

  /**
   * Starts a relay. Returns immediately: a database that cannot be reached, or has no table yet, is
   * tried again until it works.
   *
   * @param webhooks the facade to publish through; its {@code outboxes()} include the relay
   * @throws ConflictException if this Hookferry already relays an outbox of this name
   */
  public static OutboxRelay start(Webhooks webhooks, OutboxOptions options) {
    return start(webhooks, options, RelayLoop.FIRST_PAUSE);
  }

  /** Starts a relay with a given first pause, for tests of how a pause ends. */
  static OutboxRelay start(Webhooks webhooks, OutboxOptions options, Duration firstPause) {
    Objects.requireNonNull(webhooks, "webhooks");
    Objects.requireNonNull(options, "options");
    OutboxRelay relay = new OutboxRelay(webhooks, options, firstPause);
    webhooks.outboxes().add(relay);
    relay.thread.start();
    if (relay.listener != null) {
      Thread listening =
          new Thread(relay.listener, "hookferry-outbox-" + options.name() + "-listener");
      listening.setDaemon(true);
      listening.start();
    }
    return relay;
  }

  /**
   * Makes the relay look for rows now instead of at its next poll. Call it after a commit, in the
   * process that committed. Does not block.
   */
  public void wake() {
    loop.wake();
  }

  /**
   * Stops the relay after the current batch. If the batch takes longer than the drain time of the
   * options, it is abandoned, and its rows stay for the next start. Idempotent.
   */
  @Override
  public void close() {
    webhooks.outboxes().remove(this);
    if (listener != null) {
      listener.stop();
    }
    loop.stop();
    if (!hasEnded(options.drain())) {
      loop.abandon();
      boolean unused = hasEnded(END);
    }
  }

  private boolean hasEnded(Duration limit) {
    try {
      thread.join(Math.max(1, limit.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  @Override
  public String name() {
    return options.name();
  }

  /** Returns the number of rows published since the start, without querying the database. */
  long relayedRows() {
    return loop.relayed();
  }

  @Override
  public @Nullable String problem() {
    return log.problem();
  }

  @Override
  public OutboxStatus status() {
    Long pending = loop.isEmpty() ? 0L : null;
    Instant oldest = null;
    Long rejected = null;
    try (Connection connection = options.connections().open()) {
      try {
        OutboxTable table = table(connection);
        if (pending == null) {
          pending = table.pending(connection);
          oldest = table.oldest(connection);
        }
        rejected = table.rejected(connection);
      } finally {
        if (!connection.getAutoCommit()) {
          // A pool might not end the transaction that these queries began.
          connection.rollback();
        }
      }
    } catch (SQLException e) {
      return status(null, null, null);
    }
    return status(pending, oldest, rejected);
  }

  private OutboxStatus status(
      @Nullable Long pending, @Nullable Instant oldest, @Nullable Long rejected) {
    return new OutboxStatus(
        options.name(),
        options.connections().place(),
        options.table(),
        loop.relayed(),
        loop.rejected(),
        pending,
        oldest,
        rejected,
        log.problem());
  }

  @Override
  public Page<RejectedRow> rejected(PageRequest page) {
    long before = page.cursor() == null ? Long.MAX_VALUE : cursor(page.cursor());
    return inTransaction(
        (connection, table) -> {
          List<RejectedRow> rows = table.rejected(connection, before, page.limit() + 1);
          boolean more = rows.size() > page.limit();
          List<RejectedRow> shown = more ? rows.subList(0, page.limit()) : rows;
          return new Page<>(shown, more ? Long.toString(shown.get(shown.size() - 1).id()) : null);
        });
  }

  private static long cursor(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw InvalidException.of(
          "cursor", "is not a cursor of this list; start with the first page");
    }
  }

  @Override
  public int retry(RowSelection rows) {
    int moved = inTransaction((connection, table) -> table.retry(connection, rows));
    wake();
    return moved;
  }

  @Override
  public int discard(RowSelection rows) {
    return inTransaction((connection, table) -> table.discard(connection, rows));
  }

  private OutboxTable table(Connection connection) throws SQLException {
    return OutboxTable.of(connection, OutboxDialect.of(connection), options.table());
  }

  @FunctionalInterface
  private interface Work<T> {
    T run(Connection connection, OutboxTable table) throws SQLException;
  }

  private <T> T inTransaction(Work<T> work) {
    try (Connection connection = options.connections().open()) {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection, table(connection));
        connection.commit();
        return result;
      } finally {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
      }
    } catch (SQLException e) {
      throw refusal(e);
    }
  }

  /** The only constraint that these statements can violate; SQLite has no SQL states. */
  private static boolean isDuplicate(SQLException e) {
    return SqlFault.of(e) == SqlFault.DUPLICATE
        || String.valueOf(e.getSQLState()).startsWith("23")
        || String.valueOf(e.getMessage()).contains("UNIQUE constraint");
  }

  private RuntimeException refusal(SQLException e) {
    if (isDuplicate(e)) {
      return new ConflictException(
          "the outbox already has a row with the site and event id of one of these rows; wait until"
              + " it is relayed");
    }
    OverloadedException refusal =
        new OverloadedException(
            "the database of the outbox "
                + options.name()
                + " does not respond: "
                + SqlFault.message(e),
            Duration.ofSeconds(1));
    refusal.initCause(e);
    return refusal;
  }

  /** Returns name, table and place, without credentials. */
  @Override
  public String toString() {
    return options.toString();
  }
}
