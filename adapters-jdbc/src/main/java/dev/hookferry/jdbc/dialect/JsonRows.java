package dev.hookferry.jdbc.dialect;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Rows passed to MariaDB as one JSON text and read there as a table. For keys, not for payloads.
 */
final class JsonRows {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

  private JsonRows() {}

  static <S extends SqlStatement<S>> S with(S statement, String name, ColumnRows rows) {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < rows.columns().size(); i++) {
      ColumnRows.Column column = rows.columns().get(i);
      fields.append(i == 0 ? "" : ", ").append(column.name()).append(' ');
      fields.append(type(column.type())).append(" PATH '$[").append(i).append("]'");
    }
    String outer = rows.columns().stream().map(JsonRows::read).collect(Collectors.joining(", "));
    statement.define(
        name,
        "(SELECT " + outer + " FROM JSON_TABLE(:" + name + ", '$[*]' COLUMNS (" + fields + ")) j)");
    return statement.bind(name, json(rows));
  }

  private static String read(ColumnRows.Column column) {
    String name = column.name();
    return column.type() == ColumnRows.Type.UUID ? "UNHEX(" + name + ") AS " + name : name;
  }

  private static String type(ColumnRows.Type type) {
    return switch (type) {
      case TEXT -> "VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin";
      case UUID -> "CHAR(32)";
      case TIME -> "DATETIME(3)";
      case INTEGER, LONG, FLAG -> "BIGINT";
      case BYTES -> throw new IllegalArgumentException("JSON rows cannot hold bytes");
    };
  }

  private static String json(ColumnRows rows) {
    StringBuilder json = new StringBuilder("[");
    for (int row = 0; row < rows.size(); row++) {
      json.append(row == 0 ? "[" : ",[");
      for (int i = 0; i < rows.columns().size(); i++) {
        json.append(i == 0 ? "" : ",");
        append(json, rows.columns().get(i).values().get(row));
      }
      json.append(']');
    }
    return json.append(']').toString();
  }

  private static void append(StringBuilder json, @Nullable Object value) {
    if (value instanceof UUID uuid) {
      HexFormat hex = HexFormat.of();
      json.append('"').append(hex.toHexDigits(uuid.getMostSignificantBits()));
      json.append(hex.toHexDigits(uuid.getLeastSignificantBits())).append('"');
    } else if (value instanceof Instant time) {
      json.append('"').append(TIME.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC)));
      json.append('"');
    } else if (value instanceof String text) {
      json.append('"').append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    } else {
      json.append(value);
    }
  }
}
