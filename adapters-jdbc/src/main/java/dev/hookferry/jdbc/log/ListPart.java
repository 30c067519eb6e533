package dev.hookferry.jdbc.log;

import dev.hookferry.id.SiteId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list: rows of one table.
 *
 * @param columns columns to read
 * @param table the table
 * @param site site of the rows
 * @param key the index that returns rows in the order of the list
 * @param indexed conditions that the index supports
 * @param others other conditions, which few or no rows may meet
 */
public record ListPart(
    String columns, String table, SiteId site, Key key, WhereClause indexed, WhereClause others) {
  /**
   * Maximum number of endpoints in a query that are read one by one, each through the index by
   * endpoint.
   */
  static final int MAX_ENDPOINTS = 20;

  /** Indexes that find rows, and their order. */
  public enum Key {
    /** By site and id. */
    ID("site DESC, ", "id DESC"),
    /** By site and id, failures only. */
    FAILED("site DESC, ", "id DESC"),
    /** By site and id in the queue, which has no other index for lists. */
    QUEUE("site DESC, ", "id DESC"),
    /** By endpoint and id. */
    ENDPOINT("endpoint_id DESC, ", "id DESC"),
    /** By site and acceptance. */
    ACCEPTED("site DESC, ", "accepted_at DESC, seq DESC"),
    /**
     * By site and acceptance; on PostgreSQL, a separate index finds the label lines in the
     * conditions.
     */
    LINES("site DESC, ", "accepted_at DESC, seq DESC"),
    /** No index order needed, because there are few rows. */
    FEW("", "id DESC");

    private final String prefix;
    private final String order;

    Key(String prefix, String order) {
      this.prefix = prefix;
      this.order = order;
    }

    /**
     * Returns the columns to order by, including the constant one, so that the planner sees that
     * the index has the right order.
     */
    String indexOrder() {
      return prefix + order;
    }

    /** Returns the ORDER BY columns of the list. */
    String order() {
      return order;
    }
  }

  /** Returns a copy for events accepted since this time; for all events if null. */
  ListPart from(@Nullable Instant floor) {
    WhereClause more = new WhereClause().and(indexed).and("accepted_at >= :floor", "floor", floor);
    return new ListPart(columns, table, site, key, more, others);
  }

  /**
   * Returns a copy whose rows are found by a hash in another table.
   *
   * @param join the tables, with the column {@code field_hash}
   * @param modifier text before the columns, which makes the database join the tables in the given
   *     order
   */
  ListPart joined(String join, long hash, String modifier) {
    WhereClause more = new WhereClause().and(others).and("field_hash = :hash", "hash", hash);
    return new ListPart(modifier + columns, join, site, key, indexed, more);
  }

  /** Returns all conditions. */
  public WhereClause where() {
    return new WhereClause().and("site = :site", "site", site.value()).and(indexed).and(others);
  }
}
