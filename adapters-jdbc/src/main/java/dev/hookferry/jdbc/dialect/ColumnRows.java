package dev.hookferry.jdbc.dialect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Values of many rows, stored by column, so that one statement can process them all. Not
 * thread-safe.
 */
public final class ColumnRows {
  private final List<Column> columns;
  private int size;

  private ColumnRows(List<Column> columns) {
    this.columns = columns;
  }

  /** Column types; a dialect maps them to the database's names. */
  enum Type {
    TEXT,
    UUID,
    TIME,
    INTEGER,
    LONG,
    FLAG,
    BYTES
  }

  /** A column with its value for every row. */
  public record Column(String name, Type type, List<@Nullable Object> values) {
    /** Returns this column without values. */
    Column empty() {
      return new Column(name, type, new ArrayList<>());
    }
  }

  /** Returns empty rows with these columns. */
  public static ColumnRows of(Column... columns) {
    return new ColumnRows(List.of(columns));
  }

  /** Returns these rows with one more column, which has the same value in every row. */
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

  static Column flag(String name) {
    return new Column(name, Type.FLAG, new ArrayList<>());
  }

  public static Column bytes(String name) {
    return new Column(name, Type.BYTES, new ArrayList<>());
  }

  /** Adds a row, with its values in the order of the columns. */
  public void add(@Nullable Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          values.length + " values for " + columns.size() + " columns");
    }
    for (int i = 0; i < values.length; i++) {
      columns.get(i).values().add(values[i]);
    }
    size++;
  }

  List<Column> columns() {
    return columns;
  }

  /** Returns the column with this name. */
  Column column(String name) {
    return columns.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /**
   * Returns the rows as a table in PostgreSQL's SQL, for statements that cannot have parameters.
   */
  public String literal() {
    String arrays =
        columns.stream()
            .map(BinaryArray::new)
            .map(array -> literal(array.getValue()) + "::" + array.getType().substring(1) + "[]")
            .collect(Collectors.joining(", "));
    return "(SELECT * FROM unnest(" + arrays + ") AS t (" + names("") + "))";
  }

  /** Returns a string as a literal in PostgreSQL's SQL. */
  public static String literal(String text) {
    return "E'" + text.replace("\\", "\\\\").replace("'", "''") + '\'';
  }

  /** Returns the column names, each with the prefix, separated by commas. */
  String names(String prefix) {
    return columns.stream().map(c -> prefix + c.name()).collect(Collectors.joining(", "));
  }
}
