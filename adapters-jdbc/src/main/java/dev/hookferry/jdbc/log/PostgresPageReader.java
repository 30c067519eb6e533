package dev.hookferry.jdbc.log;

import dev.hookferry.jdbc.database.Database;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Reads a page in ways that do not depend on what the planner thinks of the filters. A walk down
 * the index that has the order of the list goes past a bounded number of rows. If the page is full
 * then, or the index at its end, that was it. Else what is asked for is rare, or all of it lies far
 * behind: then the rows are picked by the summaries that blocks of the tables have (BRIN), and
 * sorted. If a list has several parts, all of them are seen at the same moment.
 */
public final class PostgresPageReader implements PageReader {
  /** How many rows a walk goes past at first: some milliseconds. */
  private static final int SHORT = 10_000;

  /** How many rows a walk goes past at most, if it may pay: some ten milliseconds. */
  private static final int LONG = 200_000;

  /** From so many that a short walk finds, a long one costs less than to pick. */
  private static final int PAYING = 5;

  private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  /** Left are bitmaps: of the summaries, and of indexes that find few rows. */
  public static final String TO_PICK =
      "SET LOCAL enable_bitmapscan = on; SET LOCAL enable_indexscan = off;"
          + " SET LOCAL max_parallel_workers_per_gather = 0";

  private static final String TO_WALK =
      "SET LOCAL enable_bitmapscan = off; SET LOCAL enable_indexscan = on";

  private static final String SITE = "site = :site";

  /** Of attempts; it has an index, which is of no use if the endpoint has very many. */
  private static final String ENDPOINT = "endpoint_id = :endpoint";

  private final Database database;
  private final int shortWalk;
  private final int longWalk;

  public PostgresPageReader(Database database) {
    this(database, SHORT, LONG);
  }

  /** With walks past so many rows. */
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

  private <T> List<T> read(Handle handle, ListPart part, int rows, RowMapper<T> mapper) {
    return new Look<>(handle, part, rows, mapper).read(shortWalk, longWalk);
  }

  /** A look at one part. */
  private record Look<T>(Handle handle, ListPart part, int rows, RowMapper<T> mapper) {
    List<T> read(int shortWalk, int longWalk) {
      if (part.key() == ListPart.Key.FEW) {
        return run(picking(part));
      }
      if (part.besides().isEmpty() || part.key() == ListPart.Key.QUEUE) {
        return run(plain(part));
      }
      List<T> found = run(walking(part, shortWalk));
      if (found.size() == rows || isWhole(shortWalk)) {
        return found;
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

    /** Whether a walk past so many rows comes to the end of the index. */
    private boolean isWhole(int most) {
      String sql =
          "SELECT count(*) FROM (SELECT 1 FROM %s WHERE %s ORDER BY %s LIMIT %d) walked"
              .formatted(part.table(), along(part), part.key().indexOrder(), most);
      WhereClause along =
          new WhereClause().and(SITE, "site", part.site().value()).and(part.along());
      return along.bindTo(handle.createQuery(sql)).mapTo(Integer.class).one() < most;
    }
  }

  /** As far as need be. */
  private static String plain(ListPart part) {
    String besides = part.besides().isEmpty() ? "" : " AND " + part.besides().sql();
    return "SELECT %s FROM %s WHERE %s%s ORDER BY %s LIMIT :rows"
        .formatted(part.columns(), part.table(), along(part), besides, part.key().indexOrder());
  }

  public static String walking(ListPart part, int most) {
    return """
    SELECT %s FROM (SELECT * FROM %s WHERE %s ORDER BY %s LIMIT %d) w %s
    ORDER BY %s LIMIT :rows
    """
        .formatted(
            part.columns(),
            part.table(),
            along(part),
            part.key().indexOrder(),
            most,
            part.besides().isEmpty() ? "" : "WHERE " + part.besides().sql(),
            part.key().order());
  }

  private static String along(ListPart part) {
    String site = part.key() == ListPart.Key.ENDPOINT ? fenced(SITE) : SITE;
    return part.along().isEmpty() ? site : site + " AND " + part.along().sql();
  }

  /** Not to be found by an index. */
  private static String fenced(String condition) {
    return "(" + condition + ") IS TRUE";
  }

  /** In no order, so that no index is taken for its order. */
  public static String picking(ListPart part) {
    String where =
        part.where().sql().replace(SITE, fenced(SITE)).replace(ENDPOINT, fenced(ENDPOINT));
    return "SELECT %s FROM (SELECT * FROM %s WHERE %s OFFSET 0) p ORDER BY %s LIMIT :rows"
        .formatted(part.columns(), part.table(), where, part.key().order());
  }
}
