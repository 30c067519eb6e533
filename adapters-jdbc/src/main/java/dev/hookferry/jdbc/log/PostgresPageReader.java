package dev.hookferry.jdbc.log;

import dev.hookferry.jdbc.database.Database;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Reads pages with query plans that do not depend on the planner's estimates of the filters.
 *
 * <p>First, a walk down the index in list order reads a bounded number of rows. If that fills the
 * page or reaches the end of the index, the page is complete. Otherwise matching rows are rare or
 * far down the list, so they are picked with the block summaries of the tables (BRIN) and sorted.
 * All parts of a list are read from one snapshot.
 */
public final class PostgresPageReader implements PageReader {
  /** Rows read by a short walk; takes a few milliseconds. */
  private static final int SHORT = 10_000;

  /** Rows read by a long walk; takes some tens of milliseconds. */
  private static final int LONG = 200_000;

  /** Rows read by the first walk if a precise index can find rare values. */
  private static final int LINES = 2_000;

  /** In such a walk, values are rare if fewer than one row in this many has them. */
  private static final int RARE = 50;

  /** Rows that the short walk must find for a long walk to be cheaper than picking. */
  private static final int PAYING = 5;

  private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  /** Allows only bitmap scans: of BRIN summaries, and of indexes that find few rows. */
  public static final String TO_PICK =
      "SET LOCAL enable_bitmapscan = on; SET LOCAL enable_indexscan = off;"
          + " SET LOCAL max_parallel_workers_per_gather = 0";

  private static final String TO_WALK =
      "SET LOCAL enable_bitmapscan = off; SET LOCAL enable_indexscan = on";

  private static final String SITE = "site = :site";

  /** A condition on attempts. Its index does not help if the endpoint has very many attempts. */
  private static final String ENDPOINT = "endpoint_id = :endpoint";

  private final Database database;
  private final int shortWalk;
  private final int longWalk;

  public PostgresPageReader(Database database) {
    this(database, SHORT, LONG);
  }

  /** Creates a reader with other walk lengths, for tests. */
  PostgresPageReader(Database database, int shortWalk, int longWalk) {
    this.database = database;
    this.shortWalk = shortWalk;
    this.longWalk = longWalk;
  }

  @Override
  public <T> List<T> read(
      List<ListPart> parts, int rows, RowMapper<T> mapper, Comparator<T> order) {
    return database.list(
        handle -> {
          if (parts.size() == 1) {
            return read(handle, parts.get(0), rows, mapper);
          }
          handle.begin();
          handle.execute(BEGIN);
          List<T> found = new ArrayList<>();
          for (ListPart part : parts) {
            found.addAll(read(handle, part, rows, mapper));
          }
          handle.commit();
          return found.stream().sorted(order).limit(rows).toList();
        });
  }

  @Override
  public boolean readsOneByOne() {
    return true;
  }

  private <T> List<T> read(Handle handle, ListPart part, int rows, RowMapper<T> mapper) {
    return new Look<>(handle, part, rows, mapper).read(shortWalk, longWalk);
  }

  /** A query for one part. */
  private record Look<T>(Handle handle, ListPart part, int rows, RowMapper<T> mapper) {
    List<T> read(int shortWalk, int longWalk) {
      if (part.key() == ListPart.Key.FEW) {
        return run(picking(part));
      }
      if (part.others().isEmpty() || part.key() == ListPart.Key.QUEUE) {
        return run(plain(part));
      }
      boolean hasLines = part.key() == ListPart.Key.LINES;
      int walk = hasLines ? Math.min(shortWalk, LINES) : shortWalk;
      List<T> found = run(walking(part, walk));
      if (found.size() == rows || isWhole(walk)) {
        return found;
      }
      if (hasLines && found.size() * RARE < walk) {
        return pick();
      }
      if (part.key() == ListPart.Key.FAILED || found.size() >= PAYING) {
        found = run(walking(part, longWalk));
        if (found.size() == rows || isWhole(longWalk)) {
          return found;
        }
      }
      return pick();
    }

    private List<T> pick() {
      boolean isAlone = !handle.isInTransaction();
      if (isAlone) {
        handle.begin();
      }
      handle.execute(TO_PICK);
      List<T> found = run(picking(part));
      handle.execute(TO_WALK);
      if (isAlone) {
        handle.commit();
      }
      return found;
    }

    private List<T> run(String sql) {
      return part.where().bindTo(handle.createQuery(sql)).bind("rows", rows).map(mapper).list();
    }

    /** Returns whether a walk past this many rows reaches the end of the index. */
    private boolean isWhole(int max) {
      String sql =
          "SELECT count(*) FROM (SELECT 1 FROM %s WHERE %s ORDER BY %s LIMIT %d) walked"
              .formatted(part.table(), indexed(part), part.key().indexOrder(), max);
      WhereClause indexed =
          new WhereClause().and(SITE, "site", part.site().value()).and(part.indexed());
      return indexed.bindTo(handle.createQuery(sql)).mapTo(Integer.class).one() < max;
    }
  }

  /** Returns a query in index order without a limit on the rows it walks. */
  private static String plain(ListPart part) {
    String others = part.others().isEmpty() ? "" : " AND " + part.others().sql();
    return "SELECT %s FROM %s WHERE %s%s ORDER BY %s LIMIT :rows"
        .formatted(part.columns(), part.table(), indexed(part), others, part.key().indexOrder());
  }

  public static String walking(ListPart part, int max) {
    return """
    SELECT %s FROM (SELECT * FROM %s WHERE %s ORDER BY %s LIMIT %d) w %s
    ORDER BY %s LIMIT :rows
    """
        .formatted(
            part.columns(),
            part.table(),
            indexed(part),
            part.key().indexOrder(),
            max,
            part.others().isEmpty() ? "" : "WHERE " + part.others().sql(),
            part.key().order());
  }

  private static String indexed(ListPart part) {
    String site = part.key() == ListPart.Key.ENDPOINT ? fenced(SITE) : SITE;
    return part.indexed().isEmpty() ? site : site + " AND " + part.indexed().sql();
  }

  /** Wraps a condition so that no index can be used for it. */
  private static String fenced(String condition) {
    return "(" + condition + ") IS TRUE";
  }

  /**
   * Returns a query that picks rows and sorts them afterwards, so that no index is used for its
   * order.
   */
  public static String picking(ListPart part) {
    String where =
        part.where().sql().replace(SITE, fenced(SITE)).replace(ENDPOINT, fenced(ENDPOINT));
    return "SELECT %s FROM (SELECT * FROM %s WHERE %s OFFSET 0) p ORDER BY %s LIMIT :rows"
        .formatted(part.columns(), part.table(), where, part.key().order());
  }
}
