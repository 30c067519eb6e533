package dev.hookferry.jdbc.log;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The partitions of one day (UTC): one of each table, so that a day's events are dropped together
 * with everything that belongs to them.
 */
public final class DayPartitions {
  private static final List<String> TABLES =
      List.of("hookferry_event", "hookferry_delivery", "hookferry_attempt");

  /**
   * Takes the advisory lock that serializes the creation of partitions. Its key is derived from the
   * table, so that different stores in one database do not wait for each other.
   */
  private static final String LOCK =
      """
      SELECT pg_advisory_xact_lock(
        hashtextextended(CAST('hookferry_event'::regclass::oid AS text), ?))
      """;

  /** Seed of the lock's key; arbitrary, but the same in all processes. */
  private static final long SEED = 0x686f6f6b66657272L;

  private DayPartitions() {}

  /** Returns the suffix of a day's table names. */
  static String suffix(LocalDate day) {
    return "_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
  }

  /** Returns the days that have partitions, earliest first. */
  public static List<LocalDate> days(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT right(c.relname, 8) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = 'hookferry_event'::regclass AND c.relname ~ '_[0-9]{8}$'
            ORDER BY 1
            """)
        .mapTo(String.class)
        .map(name -> LocalDate.parse(name, DateTimeFormatter.BASIC_ISO_DATE))
        .list();
  }

  /**
   * Creates a day's partitions, unless they exist. They are created as tables and then attached,
   * which does not block access to other days.
   *
   * @param wait how long to wait for a lock
   */
  static void create(Handle handle, LocalDate day, String wait) {
    handle.execute("SET LOCAL lock_timeout = '" + wait + "'");
    handle.execute(LOCK, SEED);
    if (!days(handle).contains(day) && !hasStrays(handle, day)) {
      TABLES.forEach(table -> create(handle, table, day));
    }
  }

  /**
   * Returns whether events of the day arrived before its partitions existed. Such events stay in
   * the default partition.
   */
  private static boolean hasStrays(Handle handle, LocalDate day) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM hookferry_event_default
              WHERE accepted_at >= CAST(:from AS timestamptz)
                AND accepted_at < CAST(:until AS timestamptz))
            """)
        .bind("from", midnight(day))
        .bind("until", midnight(day.plusDays(1)))
        .mapTo(Boolean.class)
        .one();
  }

  private static void create(Handle handle, String table, LocalDate day) {
    String partition = table + suffix(day);
    handle.execute("CREATE TABLE " + partition + " (LIKE " + table + " INCLUDING ALL)");
    handle.execute(
        "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')"
            .formatted(table, partition, midnight(day), midnight(day.plusDays(1))));
  }

  private static String midnight(LocalDate day) {
    return day + " 00:00:00+00";
  }

  /**
   * Locks a day exclusively, parent tables first as queries do. Gives up after 500 ms, before a
   * waiting query would be reported as a deadlock.
   */
  static void lock(Handle handle, LocalDate day) {
    handle.execute("SET LOCAL lock_timeout = '500ms'");
    String all =
        Stream.concat(
                TABLES.stream().map(table -> "ONLY " + table),
                TABLES.stream().map(table -> table + suffix(day)))
            .reduce((a, b) -> a + ", " + b)
            .orElseThrow();
    handle.execute("LOCK TABLE " + all + " IN ACCESS EXCLUSIVE MODE");
  }

  /** Drops a day's partitions, which must be locked. */
  static void drop(Handle handle, LocalDate day) {
    TABLES.forEach(table -> handle.execute("DROP TABLE " + table + suffix(day)));
  }
}
