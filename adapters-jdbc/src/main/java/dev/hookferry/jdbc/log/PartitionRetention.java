package dev.hookferry.jdbc.log;

import dev.hookferry.jdbc.database.Database;
import dev.hookferry.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;

/**
 * Retention by dropping the partitions of whole days. Days with pending deliveries, and events
 * outside of all partitions, are removed row by row. Thread-safe.
 */
public final class PartitionRetention implements SqlRetention {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.jdbc");
  private static final int DAYS_AHEAD = 3;
  private static final int CHUNK = 5_000;
  private static final Duration PAUSE = Duration.ofMinutes(10);

  private final Database database;
  private final AtomicReference<LocalDate> prepared = new AtomicReference<>(LocalDate.MIN);

  private volatile Instant retryAt = Instant.EPOCH;

  /** Days that need no further check. */
  private final Set<LocalDate> created = ConcurrentHashMap.newKeySet();

  public PartitionRetention(Database database) {
    this.database = database;
  }

  /**
   * Creates the partitions of the next days, once a day. Failures are retried: for today and
   * tomorrow at the next call, for later days after some minutes. Each try waits for everyone who
   * reads the tables, such as a backup that takes hours, and meanwhile others wait for the try.
   */
  @Override
  public void prepare(Instant now) {
    Instant again = retryAt;
    if (now.isBefore(again) && !now.isBefore(again.minus(PAUSE))) {
      return;
    }
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    LocalDate before = prepared.getAndSet(today);
    if (before.equals(today)) {
      return;
    }
    LocalDate urgent = today.plusDays(1);
    boolean allUrgent = tryToCreate(today.minusDays(1), urgent);
    // The heartbeat waits for each try, so only the urgent days are retried at the next heartbeat.
    if (!allUrgent || !tryToCreate(urgent.plusDays(1), today.plusDays(DAYS_AHEAD))) {
      prepared.set(before);
      retryAt = allUrgent ? now.plus(PAUSE) : now;
    }
  }

  @Override
  public void prepare(Set<LocalDate> days) {
    for (LocalDate day : new TreeSet<>(days)) {
      if (!created.contains(day)) {
        boolean unused =
            database.change(
                (handle, withAllChecks) -> {
                  DayPartitions.create(handle, day, "2s");
                  return true;
                });
        created.add(day);
      }
    }
  }

  /** Tries to create the partitions of all days in a range; returns whether all were created. */
  private boolean tryToCreate(LocalDate first, LocalDate last) {
    boolean all = true;
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      all &= tryToCreate(day);
    }
    return all;
  }

  private boolean tryToCreate(LocalDate day) {
    try {
      return database.change(
          (handle, withAllChecks) -> {
            DayPartitions.create(handle, day, "500ms");
            return true;
          });
    } catch (StoreException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "partitions not created: will retry day=" + day + " cause=" + e.getMessage());
      return false;
    }
  }

  @Override
  public long purge(Instant acceptedBefore) {
    long count = new RowRetention(database, "_default").purge(acceptedBefore);
    LocalDate end = LocalDate.ofInstant(acceptedBefore, ZoneOffset.UTC);
    for (LocalDate day : database.query(DayPartitions::days)) {
      if (day.isBefore(end)) {
        count += purgeUnlessGone(day);
      }
    }
    return count;
  }

  /** Purges a day, whose tables another node may drop meanwhile. */
  private long purgeUnlessGone(LocalDate day) {
    try {
      return purge(day);
    } catch (StoreException e) {
      if (database.query(DayPartitions::days).contains(day)) {
        throw e;
      }
      return 0;
    }
  }

  private long purge(LocalDate day) {
    if (database.query(handle -> hasPending(handle, day))) {
      return new RowRetention(database, DayPartitions.suffix(day)).purge(midnight(day.plusDays(1)));
    }
    long count = purgeNames(day);
    return drop(day) ? count : 0;
  }

  private static boolean hasPending(Handle handle, LocalDate day) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM hookferry_delivery_queue
              WHERE created_at >= :from AND created_at < :until)
            """)
        .bind("from", midnight(day))
        .bind("until", midnight(day.plusDays(1)))
        .mapTo(Boolean.class)
        .one();
  }

  private record Names(String site, String id, long count) {}

  private static final Names NO_NAMES = new Names("", "", 0);

  /**
   * Removes the ids and idempotency keys before the events, so that no name is taken by an event
   * that is gone. Until the events are removed too, publishing one of them again creates a new
   * event.
   */
  private long purgeNames(LocalDate day) {
    long count = 0;
    Names last = NO_NAMES;
    do {
      Names after = last;
      last = database.change((handle, withAllChecks) -> purgeNames(handle, day, after));
      count += last.count();
    } while (last.count() == CHUNK);
    return count;
  }

  private static Names purgeNames(Handle handle, LocalDate day, Names after) {
    String sql =
        """
        WITH names AS (
          SELECT site, id FROM hookferry_event%s
          WHERE (site, id) > (:site, :id) ORDER BY site, id LIMIT :chunk
        ), gone AS (
          DELETE FROM hookferry_event_id i USING names n
          WHERE i.site = n.site AND i.event_id = n.id
            AND i.accepted_at >= :from AND i.accepted_at < :until
        )
        SELECT site, id, count(*) OVER () AS names FROM names ORDER BY site DESC, id DESC LIMIT 1
        """
            .formatted(DayPartitions.suffix(day));
    return handle
        .createQuery(sql)
        .bind("site", after.site())
        .bind("id", after.id())
        .bind("chunk", CHUNK)
        .bind("from", midnight(day))
        .bind("until", midnight(day.plusDays(1)))
        .map(
            (row, context) ->
                new Names(row.getString("site"), row.getString("id"), row.getLong("names")))
        .findOne()
        .orElse(NO_NAMES);
  }

  /**
   * Drops a day. Returns false if another transaction is in the way; the next call then retries.
   */
  private boolean drop(LocalDate day) {
    try {
      return database.change((handle, withAllChecks) -> drop(handle, day));
    } catch (StoreException e) {
      LOG.log(
          System.Logger.Level.INFO,
          "partitions not dropped: will retry day=" + day + " cause=" + e.getMessage());
      return false;
    }
  }

  /** Locks and drops a day, unless a retry added a pending delivery before the lock was taken. */
  private static boolean drop(Handle handle, LocalDate day) {
    DayPartitions.lock(handle, day);
    if (hasPending(handle, day)) {
      return false;
    }
    DayPartitions.drop(handle, day);
    return true;
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }
}
