package dev.hookferry.jdbc.dialect;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The common part of PostgreSQL and H2, where rows are passed as one array per column. */
sealed interface ArrayDialect extends Dialect permits PostgresDialect, H2Dialect {
  /** Returns the name of an SQL type. */
  String type(ColumnRows.Type type);

  /** Returns the suffix that turns the name of a type into that of its array type. */
  String array();

  @Override
  default Object encode(Object value) {
    return value instanceof Instant time
        ? time.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC)
        : value;
  }

  @Override
  default @Nullable UUID readUuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  @Override
  default @Nullable Instant readTime(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  @Override
  default <S extends SqlStatement<S>> S with(S statement, String name, ColumnRows rows) {
    String arrays =
        rows.columns().stream()
            .map(c -> "CAST(:%s_%s AS %s%s)".formatted(name, c.name(), type(c.type()), array()))
            .collect(Collectors.joining(", "));
    statement.define(name, "(SELECT * FROM unnest(" + arrays + ") AS t (" + rows.names("") + "))");
    for (ColumnRows.Column column : rows.columns()) {
      statement.bind(name + "_" + column.name(), values(column));
    }
    return statement;
  }

  private Argument values(ColumnRows.Column column) {
    String type = type(column.type());
    Object[] values =
        column.values().stream().map(v -> v == null ? null : encode(v)).toArray(shape(column));
    return (position, statement, context) ->
        statement.setArray(position, statement.getConnection().createArrayOf(type, values));
  }

  /**
   * Returns the array constructor for a column's type; PostgreSQL's driver sends typed arrays of
   * some types in binary form.
   */
  private static IntFunction<Object[]> shape(ColumnRows.Column column) {
    return switch (column.type()) {
      case TEXT -> String[]::new;
      case INTEGER -> Integer[]::new;
      case LONG -> Long[]::new;
      case FLAG -> Boolean[]::new;
      case BYTES -> byte[][]::new;
      case UUID, TIME -> Object[]::new;
    };
  }
}
