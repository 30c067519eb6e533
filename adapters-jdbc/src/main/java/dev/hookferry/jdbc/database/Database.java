package dev.hookferry.jdbc.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.IdsAndTimes;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.jdbc.dialect.SqlFault;
import dev.hookferry.store.QueryTimeoutException;
import dev.hookferry.store.RejectedBatchException;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.UnknownOutcomeException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * A pool of connections, and transactions through them. Thread-safe.
 *
 * <p>Transactions are READ COMMITTED everywhere: what must not change is locked by name, so a
 * stricter level would only add failures, and MariaDB's default would lock the gaps between rows.
 */
public final class Database implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.jdbc");

  /** Short, since a client is told within two seconds that the database is down. */
  private static final long CONNECTION_MILLIS = 1_500;

  private static final int TRIES = 8;
  private static final int LOOK_SECONDS = 30;

  /** For what a person waits for. */
  private static final int LIST_SECONDS = 5;

  private final Dialect dialect;
  private final String name;
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final Lock oneWriter = new ReentrantLock();
  private final Semaphore looks;
  private volatile Runnable release = () -> {};

  public Database(Dialect dialect, ConnectionSettings settings) {
    this.dialect = dialect;
    name = settings.place();
    // A claim and a heartbeat come besides the commits.
    looks = new Semaphore(Math.max(1, settings.poolSize() - dialect.parallelCommits() - 2), true);
    pool = new HikariDataSource(configuration(dialect, settings));
    jdbi = Jdbi.create(pool);
    jdbi.registerArgument(new IdsAndTimes(dialect));
    // Or else messages would show what was to be written, secrets among it.
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
  }

  private static HikariConfig configuration(Dialect dialect, ConnectionSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("hookferry");
    config.setJdbcUrl(dialect.settle(settings.url()));
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.poolSize());
    config.setConnectionTimeout(CONNECTION_MILLIS);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setConnectionInitSql(dialect.sessionSql());
    if (settings.schema() != null) {
      dialect.begin(config, settings.schema());
    }
    return config;
  }

  public Dialect dialect() {
    return dialect;
  }

  /** Makes sure that the database is fit for us, and ours alone where it cannot be shared. */
  public void reserve() {
    release =
        look(
            handle -> {
              dialect.inspect(handle);
              return dialect.reserve(handle);
            });
  }

  /** Work in a transaction. */
  @FunctionalInterface
  public interface Work<T> {
    /**
     * Does it.
     *
     * @param careful whether a try before this one met a value that somebody else had written at
     *     the same time, or found that it had taken too much for granted
     */
    T run(Handle handle, boolean careful);
  }

  /**
   * Looks, without a transaction, for half a minute at most. So many looks at once that commits
   * find no connection are kept waiting, for as long as a connection is waited for.
   */
  public <T> T look(Function<Handle, T> query) {
    return look(LOOK_SECONDS, query);
  }

  /** Looks at a list, for some seconds at most; then says what can be done about it. */
  public <T> T list(Function<Handle, T> query) {
    try {
      return look(LIST_SECONDS, query);
    } catch (StoreException e) {
      throw SqlFault.isOutOfTime(e)
          ? new QueryTimeoutException(
              "the database took longer than "
                  + LIST_SECONDS
                  + " seconds for this and was stopped; ask for a shorter time, or for an endpoint",
              e)
          : e;
    }
  }

  private <T> T look(int seconds, Function<Handle, T> query) {
    awaitLook();
    try {
      return lookNow(seconds, query);
    } finally {
      looks.release();
    }
  }

  private void awaitLook() {
    try {
      if (!looks.tryAcquire(CONNECTION_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new StoreException(name + ": too many queries at once");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(name + ": interrupted while waiting for a connection", e);
    }
  }

  private <T> T lookNow(int seconds, Function<Handle, T> query) {
    try (Handle handle = jdbi.open()) {
      handle.getConfig(SqlStatements.class).setQueryTimeout(seconds);
      return query.apply(handle);
    } catch (RuntimeException e) {
      throw translated(e);
    }
  }

  /**
   * Works in a transaction, which is durable on return. What another transaction has got in the way
   * of is run again, so the work must only depend on what it reads.
   */
  public <T> T change(Work<T> work) {
    if (dialect.parallelCommits() > 1) {
      return tries(work);
    }
    oneWriter.lock();
    try {
      return tries(work);
    } finally {
      oneWriter.unlock();
    }
  }

  private <T> T tries(Work<T> work) {
    boolean careful = false;
    for (int left = TRIES; ; left--) {
      try {
        return once(work, careful);
      } catch (UnknownOutcomeException | ConnectionException e) {
        throw translated(e);
      } catch (RuntimeException e) {
        SqlFault fault = SqlFault.of(e);
        if (fault == SqlFault.OTHER || fault == SqlFault.UNFIT || left == 1) {
          throw changeFailed(e);
        }
        careful |= fault == SqlFault.DUPLICATE || fault == SqlFault.CARELESS;
      }
    }
  }

  private <T> T once(Work<T> work, boolean careful) {
    Handle handle = jdbi.open();
    try {
      handle.begin();
      T result = work.run(handle, careful);
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
      if (SqlFault.of(e) == SqlFault.PASSING) {
        throw e;
      }
      throw new UnknownOutcomeException(
          name + ": it is not known whether a commit happened: " + SqlFault.message(e), e);
    }
  }

  /** Ends what is left of a transaction; the pool throws away what cannot even do that. */
  private static void close(Handle handle) {
    try (handle) {
      if (handle.isInTransaction()) {
        handle.rollback();
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection was given up", e);
    }
  }

  private RuntimeException translated(RuntimeException e) {
    return e instanceof JdbiException
        ? new StoreException(name + ": " + SqlFault.message(e), e)
        : e;
  }

  /** Values that the database refuses, or that could not even be made ready for it. */
  private RuntimeException changeFailed(RuntimeException e) {
    boolean isUnfit =
        e instanceof JdbiException
            ? SqlFault.of(e) == SqlFault.UNFIT
            : e instanceof ArithmeticException
                || e instanceof DateTimeException
                || e instanceof IllegalArgumentException;
    return isUnfit
        ? new RejectedBatchException(name + ": " + SqlFault.message(e), e)
        : translated(e);
  }

  /** The database's time, to the millisecond. */
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
