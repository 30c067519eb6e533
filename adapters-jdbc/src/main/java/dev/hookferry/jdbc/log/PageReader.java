package dev.hookferry.jdbc.log;

import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;

/** How a database reads pages of lists. */
public interface PageReader {
  /**
   * The first rows, as they all were at one moment.
   *
   * @param parts what the list is made of, at least one
   * @param rows how many
   * @param order of the list
   */
  <T> List<T> read(List<ListPart> parts, int rows, RowMapper<T> mapper, Comparator<T> order);
}
