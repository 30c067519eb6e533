package dev.hookferry.jdbc.owner;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.PublishEntry.Entry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Detects a database that has lost acknowledged commits: a standby that was promoted without them,
 * or a backup that was restored under a running server. Remembers one row written by the last
 * commit of this process: since commits are lost from the end, all have survived if the last one
 * has. Thread-safe.
 */
public final class LastCommit {
  /** How long to look for a row; longer than any failover takes. */
  private static final Duration AGE = Duration.ofMinutes(10);

  /**
   * Attempts of older events are not remembered: the shortest retention, an hour, could remove such
   * an event within {@link #AGE} once none of its deliveries is pending.
   */
  private static final Duration OLD_EVENT = Duration.ofMinutes(40);

  private final Database database;
  private final LongSupplier nanoTime;

  /** The driver connections that have been checked; each stays with one server for its lifetime. */
  private final Set<Connection> checked =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private final AtomicReference<@Nullable WrittenRow> last = new AtomicReference<>();
  private final AtomicBoolean lost = new AtomicBoolean();

  /** Creates a detector that remembers no commit yet. */
  public LastCommit(Database database, LongSupplier nanoTime) {
    this.database = database;
    this.nanoTime = nanoTime;
  }

  /** A row that was written. */
  private record WrittenRow(@Nullable Attempt attempt, @Nullable Event event, long at) {}

  /** Remembers a row of a commit, once the commit is acknowledged. */
  public void acknowledged(
      List<Entry> events, List<AttemptResult> results, Set<DeliveryId> refused) {
    for (int i = results.size() - 1; i >= 0; i--) {
      AttemptResult result = results.get(i);
      Attempt attempt = result.attempt();
      if (attempt != null
          && !refused.contains(attempt.delivery())
          && isKept(attempt, result.delivery())) {
        last.set(new WrittenRow(attempt, null, nanoTime.getAsLong()));
        return;
      }
    }
    if (!events.isEmpty()) {
      Event event = events.get(events.size() - 1).event();
      last.set(new WrittenRow(null, event, nanoTime.getAsLong()));
    }
  }

  /** Returns whether retention keeps a delivery for as long as {@link LastCommit} looks for it. */
  private static boolean isKept(Attempt attempt, Delivery delivery) {
    return attempt.startedAt().isBefore(delivery.createdAt().plus(OLD_EVENT));
  }

  /**
   * Looks for the last commit before the first commit on a new connection. The connection may reach
   * another server, where a new commit would hide that the last one is gone.
   */
  public void check(Handle handle) {
    Connection connection = physical(handle.getConnection());
    if (!checked.contains(connection)) {
      if (isGone(handle)) {
        lost.set(true);
      }
      // Not before: a failed check must be repeated on this connection.
      checked.add(connection);
    }
  }

  /** Returns the driver's connection behind a pool's wrapper, which differs each time. */
  private static Connection physical(Connection connection) {
    try {
      return connection.unwrap(Connection.class);
    } catch (SQLException e) {
      return connection;
    }
  }

  /**
   * Returns, once per loss, whether commits are gone. Queries too, because a server can also be
   * replaced behind a proxy.
   */
  public boolean isLost() {
    // A loss that a commit notices from here on is returned by the next call.
    return lost.getAndSet(false) || database.queryAtOnce(this::isGone);
  }

  private boolean isGone(Handle handle) {
    WrittenRow row = last.get();
    if (row == null) {
      return false;
    }
    boolean isOld = nanoTime.getAsLong() - row.at() > AGE.toNanos();
    boolean isGone = !isOld && !exists(handle, row);
    // Of two callers that miss the same row, only one reports it.
    boolean isFirst = (isOld || isGone) && last.compareAndSet(row, null);
    return isGone && isFirst;
  }

  private static boolean exists(Handle handle, WrittenRow row) {
    Attempt attempt = row.attempt();
    if (attempt != null) {
      return handle
          .createQuery("SELECT 1 FROM hookferry_attempt WHERE delivery_id = :delivery AND id = :id")
          .bind("delivery", attempt.delivery().value())
          .bind("id", attempt.id().value())
          .mapTo(Integer.class)
          .findOne()
          .isPresent();
    }
    Event event = row.event();
    return event == null
        || handle
            .createQuery(
                """
                SELECT 1 FROM hookferry_event
                WHERE site = :site AND id = :id AND accepted_at = :accepted_at
                """)
            .bind("site", event.site().value())
            .bind("id", event.id().value())
            .bind("accepted_at", event.acceptedAt())
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
  }
}
