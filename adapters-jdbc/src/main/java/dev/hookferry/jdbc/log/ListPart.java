package dev.hookferry.jdbc.log;

import dev.hookferry.id.SiteId;

/**
 * A part of a list: rows of one table.
 *
 * @param columns what is read
 * @param table where from
 * @param site whose rows
 * @param key how an index leads to the rows in the order of the list
 * @param along conditions that are met along the index
 * @param besides other conditions, which few rows or none may meet
 */
public record ListPart(
    String columns, String table, SiteId site, Key key, WhereClause along, WhereClause besides) {
  /** How an index leads to rows, and their order. */
  public enum Key {
    /** By site and id. */
    ID("site DESC, ", "id DESC"),
    /** The same among those alone that went wrong. */
    FAILED("site DESC, ", "id DESC"),
    /** The same in the queue, which has no other index for a list. */
    QUEUE("site DESC, ", "id DESC"),
    /** By endpoint and id. */
    ENDPOINT("endpoint_id DESC, ", "id DESC"),
    /** By site and acceptance. */
    ACCEPTED("site DESC, ", "accepted_at DESC, seq DESC"),
    /** In any order, because there are few. */
    FEW("", "id DESC");

    private final String prefix;
    private final String order;

    Key(String prefix, String order) {
      this.prefix = prefix;
      this.order = order;
    }

    /** The columns to order by so that the index is seen to be in order, the fixed one too. */
    String indexOrder() {
      return prefix + order;
    }

    /** The order of the list. */
    String order() {
      return order;
    }
  }

  /** All conditions. */
  public WhereClause where() {
    return new WhereClause().and("site = :site", "site", site.value()).and(along).and(besides);
  }
}
