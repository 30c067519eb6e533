package dev.hookferry.jdbc.log;

import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.PostgresDialect;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;

/** Reads pages of lists. Thread-safe. */
public interface PageReader {
  /** Returns the reader that suits a database best. */
  static PageReader of(Database database) {
    return database.dialect() instanceof PostgresDialect
        ? new PostgresPageReader(database)
        : new PlainPageReader(database);
  }

  /**
   * Returns the first rows of a list, all read from one snapshot.
   *
   * @param parts parts of the list, at least one
   * @param rows maximum number of rows
   * @param order order of the list
   */
  <T> List<T> read(List<ListPart> parts, int rows, RowMapper<T> mapper, Comparator<T> order);

  /**
   * Returns whether parts are read one by one, so that parameters of the same name may have
   * different values.
   */
  default boolean readsOneByOne() {
    return false;
  }
}
