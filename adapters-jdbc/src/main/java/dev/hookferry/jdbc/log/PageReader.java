package dev.hookferry.jdbc.log;

import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.PostgresDialect;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;

/** How a database reads pages of lists. */
public interface PageReader {
  /** Returns the reader that suits a database best. */
  static PageReader of(Database database) {
    return database.dialect() instanceof PostgresDialect
        ? new PostgresPageReader(database)
        : new PlainPageReader(database);
  }

  /**
   * The first rows, as they all were at one moment.
   *
   * @param parts what the list is made of, at least one
   * @param rows how many
   * @param order of the list
   */
  <T> List<T> read(List<ListPart> parts, int rows, RowMapper<T> mapper, Comparator<T> order);
}
