package dev.hookferry.jdbc.dialect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values for many rows, kept by column, so that one statement can take them all. */
public final class ColumnRows {
  private final List<Column> columns;
  private int size;

  private ColumnRows(List<Column> columns) {
    this.columns = columns;
  }

  /** The types that our tables have; a dialect knows what the database calls them. */
  enum Type {
    TEXT,
    UUID,
    TIME,
    INTEGER,
    LONG,
    FLAG,
    BYTES
  }

  /** A column with its value in every row. */
  public record Column(String name, Type type, List<@Nullable Object> values) {
    /** The same column without values. */
    Column empty() {
      return new Column(name, type, new ArrayList<>());
    }
  }

  /** Empty rows of these columns. */
  public static ColumnRows of(Column... columns) {
    return new ColumnRows(List.of(columns));
  }

  /** These rows with one more column, which has the same value in all of them. */
  public ColumnRows with(Column column, Object value) {
    List<Column> more = new ArrayList<>(columns);
    more.add(new Column(column.name(), column.type(), Collections.nCopies(size, value)));
    ColumnRows rows = new ColumnRows(List.copyOf(more));
    rows.size = size;
    return rows;
  }

  public static Column text(String name) {
    return new Column(name, Type.TEXT, new ArrayList<>());
  }

  public static Column uuid(String name) {
    return new Column(name, Type.UUID, new ArrayList<>());
  }

  public static Column time(String name) {
    return new Column(name, Type.TIME, new ArrayList<>());
  }

  public static Column integer(String name) {
    return new Column(name, Type.INTEGER, new ArrayList<>());
  }

  public static Column longInteger(String name) {
    return new Column(name, Type.LONG, new ArrayList<>());
  }

  public static Column flag(String name) {
    return new Column(name, Type.FLAG, new ArrayList<>());
  }

  public static Column bytes(String name) {
    return new Column(name, Type.BYTES, new ArrayList<>());
  }

  /** Adds a row, its values in the order of the columns. */
  public void add(@Nullable Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(values.length + " values for " + columns.size());
    }
    for (int i = 0; i < values.length; i++) {
      columns.get(i).values().add(values[i]);
    }
    size++;
  }

  List<Column> columns() {
    return columns;
  }

  /** The column of this name. */
  Column column(String name) {
    return columns.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** The columns' names, each after the prefix, parted by commas. */
  String names(String prefix) {
    return columns.stream().map(c -> prefix + c.name()).collect(Collectors.joining(", "));
  }
}
