package dev.hookferry.jdbc.order;

import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.PostgresDialect;
import dev.hookferry.jdbc.dialect.RowReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Repairs queues that have lost their first delivery. No commit leaves such a queue behind, but a
 * user who deletes rows, or restores tables from different times, can. Without a first delivery the
 * others would wait forever. Thread-safe.
 */
public final class KeyQueueRepair {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.jdbc");

  /** The number of queues repaired at a time. */
  private static final int AT_ONCE = 500;

  private static final String FIRSTS =
      "SELECT d.key_queue FROM hookferry_delivery_queue d"
          + " WHERE d.key_queue IS NOT NULL AND (d.parked IS NULL OR d.parked = 'blocked')";

  private static final String STUCK =
      "SELECT DISTINCT w.key_queue FROM hookferry_key_waiting w WHERE ";

  private final Database database;
  private final RowReader reading;

  public KeyQueueRepair(Database database) {
    this.database = database;
    reading = new RowReader(database.dialect());
  }

  /**
   * Repairs up to 500 queues. Cheap if no delivery waits, otherwise scans all pending deliveries.
   */
  public void run() {
    List<UUID> stuck = database.query(this::stuck);
    if (stuck.isEmpty()) {
      return;
    }
    int repaired = database.change((handle, withAllChecks) -> repair(handle, stuck));
    if (repaired > 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "ordering keys released: their first delivery was missing keys=" + repaired);
    }
  }

  /** Returns queues that have waiting deliveries but no first one. */
  private List<UUID> stuck(Handle handle) {
    // PostgreSQL would materialize the subquery of a NOT IN that it expects to be too large to
    // hash.
    String condition =
        database.dialect() instanceof PostgresDialect
            ? "NOT EXISTS (" + FIRSTS + " AND d.key_queue = w.key_queue)"
            : "w.key_queue NOT IN (" + FIRSTS + ")";
    return handle
        .createQuery(STUCK + condition + " LIMIT " + AT_ONCE)
        .map((row, context) -> reading.uuid(row, "key_queue"))
        .list();
  }

  /** Locks the queues and repairs those that are still stuck. */
  private int repair(Handle handle, List<UUID> found) {
    KeyQueueTable table = new KeyQueueTable(database.dialect());
    Map<UUID, Integer> locked = new TreeMap<>();
    found.forEach(queue -> locked.put(queue, 0));
    var unused = table.lock(handle, locked);
    List<UUID> stuck = stuck(handle);
    stuck.retainAll(found);
    table.deleteLost(handle, stuck);
    boolean unusedResult = table.promoteFirsts(handle, stuck);
    table.removeUnused(handle, found);
    return stuck.size();
  }
}
