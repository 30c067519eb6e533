package dev.hookferry.jdbc.log;

import dev.hookferry.jdbc.database.Database;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/** Reads a page with one statement and leaves the query plan to the database. */
public final class PlainPageReader implements PageReader {
  private final Database database;

  public PlainPageReader(Database database) {
    this.database = database;
  }

  @Override
  public <T> List<T> read(
      List<ListPart> parts, int rows, RowMapper<T> mapper, Comparator<T> order) {
    String sql =
        parts.stream()
            .map(
                part ->
                    "(SELECT %s FROM %s WHERE %s ORDER BY %s LIMIT :rows)"
                        .formatted(
                            part.columns(),
                            part.table(),
                            part.where().sql(),
                            part.key().indexOrder()))
            .collect(Collectors.joining(" UNION ALL "));
    return database.list(
        handle -> {
          Query query = handle.createQuery(sql).bind("rows", rows);
          parts.forEach(part -> part.where().bindTo(query));
          return query.map(mapper).stream().sorted(order).limit(rows).toList();
        });
  }
}
