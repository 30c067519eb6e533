package dev.hookferry.jdbc.database;

import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.IdsAndTimes;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.jdbc.dialect.SqlFault;
import dev.hookferry.jdbc.dialect.TableNames;
import dev.hookferry.store.QueryTimeoutException;
import dev.hookferry.store.RejectedBatchException;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.UnknownOutcomeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * Transactions and queries on the connections of a pool. Thread-safe.
 *
 * <p>All transactions are READ COMMITTED: whatever must not change is locked explicitly, so a
 * stricter level would only add failures, and MariaDB's default would lock the gaps between rows.
 */
public final class Database implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.jdbc");

  /** Time to wait for a connection; clients get an error within two seconds if there is none. */
  static final long CONNECTION_MILLIS = 1_500;

  private static final int TRIES = 8;
  private static final int QUERY_SECONDS = 30;

  /** Query timeout of lists, which users wait for. */
  private static final int LIST_SECONDS = 5;

  private final Dialect dialect;
  private final String name;
  private final JdbcPool pool;
  private final TableNames names;
  private final Jdbi jdbi;
  private final Lock oneWriter = new ReentrantLock();
  private final ConnectionShares shares;
  private final Semaphore queries;
  private final Semaphore turn = new Semaphore(1, true);
  private volatile Runnable release = () -> {};

  /**
   * Creates a database on the connections of a pool, which is closed together with it.
   *
   * @param names the tables of the store
   */
  public Database(Dialect dialect, JdbcPool pool, TableNames names) {
    this.dialect = dialect;
    this.pool = pool;
    this.names = names;
    name = pool.place();
    shares = ConnectionShares.of(pool.size(), dialect.parallelCommits());
    queries = new Semaphore(shares.queries(), true);
    jdbi = Jdbi.create(pool);
    jdbi.registerArgument(new IdsAndTimes(dialect));
    jdbi.getConfig(SqlStatements.class).setTemplateEngine(names);
    // The pool ends transactions; on a connection of the application's pool, one is always open.
    jdbi.getConfig(Handles.class).setForceEndTransactions(false);
    // Otherwise messages would show the values to be written, including secrets.
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
  }

  public Dialect dialect() {
    return dialect;
  }

  TableNames names() {
    return names;
  }

  /** Returns how many commits may run at once. */
  public int parallelCommits() {
    return shares.commits();
  }

  /**
   * Checks that the database is suitable, and reserves it for this process if it cannot be shared.
   */
  public void reserve() {
    release =
        query(
            handle -> {
              dialect.inspect(handle);
              return dialect.reserve(handle, names);
            });
  }

  /** Work in a transaction. May run several times, so it must depend only on what it reads. */
  @FunctionalInterface
  public interface Work<T> {
    /**
     * Runs the work.
     *
     * @param withAllChecks whether an earlier try met a value that another transaction had written
     *     at the same time, or failed because it had skipped checks
     */
    T run(Handle handle, boolean withAllChecks);
  }

  /**
   * Runs a query outside of a transaction, for at most half a minute. Limits concurrent queries so
   * that commits always find a connection; additional ones wait up to the connection timeout.
   *
   * @throws StoreException if the query fails, or too many are running
   */
  public <T> T query(Function<Handle, T> query) {
    return query(queries, QUERY_SECONDS, query);
  }

  /**
   * Runs a short query that the node depends on. Such queries run one at a time and do not compete
   * with those of users.
   *
   * @throws StoreException if the query fails, or the previous one does not end in time
   */
  public <T> T queryInTurn(Function<Handle, T> query) {
    return query(turn, QUERY_SECONDS, query);
  }

  /** Runs a short query for the heartbeat without waiting for other queries. */
  public <T> T queryAtOnce(Function<Handle, T> query) {
    return queryNow(QUERY_SECONDS, query);
  }

  /**
   * Runs a query for a list, for at most 5 seconds.
   *
   * @throws QueryTimeoutException if it takes longer; the message says how to narrow the query
   */
  public <T> T list(Function<Handle, T> query) {
    try {
      return query(queries, LIST_SECONDS, query);
    } catch (StoreException e) {
      throw SqlFault.isOutOfTime(e)
          ? new QueryTimeoutException(
              "the query took longer than "
                  + LIST_SECONDS
                  + " seconds and was cancelled; narrow the time range, or filter by endpoint",
              e)
          : e;
    }
  }

  private <T> T query(Semaphore permits, int seconds, Function<Handle, T> query) {
    try {
      if (!permits.tryAcquire(CONNECTION_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new StoreException(name + ": too many queries at once");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(name + ": interrupted while waiting for a connection", e);
    }
    try {
      return queryNow(seconds, query);
    } finally {
      permits.release();
    }
  }

  private <T> T queryNow(int seconds, Function<Handle, T> query) {
    try (Handle handle = jdbi.open()) {
      handle.getConfig(SqlStatements.class).setQueryTimeout(seconds);
      return query.apply(handle);
    } catch (RuntimeException e) {
      throw translated(e);
    }
  }

  /**
   * Runs work in a transaction, which is durable on return. Repeats it after conflicts with other
   * transactions.
   *
   * @throws StoreException if it fails; nothing was changed
   * @throws UnknownOutcomeException if the outcome of the commit is unknown
   */
  public <T> T change(Work<T> work) {
    if (dialect.parallelCommits() > 1) {
      return withRetries(work);
    }
    oneWriter.lock();
    try {
      return withRetries(work);
    } finally {
      oneWriter.unlock();
    }
  }

  private <T> T withRetries(Work<T> work) {
    boolean withAllChecks = false;
    for (int left = TRIES; ; left--) {
      try {
        return once(work, withAllChecks);
      } catch (UnknownOutcomeException | ConnectionException e) {
        throw translated(e);
      } catch (RuntimeException e) {
        SqlFault fault = SqlFault.of(e);
        if (fault == SqlFault.OTHER || fault == SqlFault.REJECTED_VALUE || left == 1) {
          throw changeFailed(e);
        }
        withAllChecks |= fault == SqlFault.DUPLICATE || fault == SqlFault.WRONG_GUESS;
      }
    }
  }

  private <T> T once(Work<T> work, boolean withAllChecks) {
    Handle handle = jdbi.open();
    try {
      handle.begin();
      T result = work.run(handle, withAllChecks);
      commit(handle);
      return result;
    } finally {
      close(handle);
    }
  }

  private void commit(Handle handle) {
    try {
      handle.commit();
      dialect.afterCommit(handle);
    } catch (RuntimeException e) {
      if (SqlFault.of(e) == SqlFault.TRANSIENT) {
        throw e;
      }
      throw new UnknownOutcomeException(
          name + ": the outcome of a commit is unknown: " + SqlFault.message(e), e);
    }
  }

  /** Rolls back an open transaction; the pool discards a connection on which that fails. */
  private static void close(Handle handle) {
    try (handle) {
      if (handle.isInTransaction()) {
        handle.rollback();
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "connection discarded", e);
    }
  }

  private RuntimeException translated(RuntimeException e) {
    return e instanceof JdbiException
        ? new StoreException(name + ": " + SqlFault.message(e), e)
        : e;
  }

  /**
   * Translates the failure of a change. The batch is rejected if a value was refused by the
   * database, violated a unique key despite all checks, or could not be encoded.
   */
  private RuntimeException changeFailed(RuntimeException e) {
    SqlFault fault = SqlFault.of(e);
    boolean isUnfit =
        !(e instanceof StoreException)
            && (fault == SqlFault.REJECTED_VALUE || fault == SqlFault.DUPLICATE);
    return isUnfit
        ? new RejectedBatchException(name + ": " + SqlFault.message(e), e)
        : translated(e);
  }

  /**
   * Opens a transaction that sees the database as of now, however long it is open. It holds a
   * connection, and keeps the database from discarding old row versions.
   *
   * @throws StoreException if there is no connection
   */
  public DatabaseSnapshot snapshot() {
    return new DatabaseSnapshot(jdbi::open, dialect, this::translated);
  }

  /** Returns the database's current time with millisecond precision. */
  public Instant now(Handle handle) {
    RowReader reading = new RowReader(dialect);
    return handle
        .createQuery("SELECT " + dialect.now() + " AS now_at")
        .map((row, context) -> reading.time(row, "now_at").truncatedTo(ChronoUnit.MILLIS))
        .one();
  }

  @Override
  public void close() {
    pool.close();
    release.run();
  }
}
