package dev.hookferry.app.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Everything that is in a store, as somebody sees it who got hold of its files or tables. */
final class StoreDump {
  private static final Set<String> TABLES =
      Set.of(
          "hookferry_config_entry", "hookferry_event", "hookferry_delivery", "hookferry_attempt");

  private StoreDump() {}

  static void of(String store, Marker into) {
    try {
      if (store.startsWith("file:")) {
        files(Path.of("target").resolve(store.substring("file:".length())), into);
      } else if (store.startsWith("jdbc:")) {
        tables(store, into);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key file lies beside them, and what is in it must be nowhere else. */
  private static void files(Path folder, Marker into) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (file.endsWith("master.key")) {
          Files.readAllLines(file).stream().filter(l -> l.length() == 44).forEach(into::secret);
        } else {
          String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
          into.output(file.getFileName().toString(), bytes);
        }
      }
    }
  }

  private static void tables(String url, Marker into) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String table : names(connection)) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
          into.output(table, text(rows));
        }
      }
    }
  }

  private static List<String> names(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet tables =
        connection.getMetaData().getTables(connection.getCatalog(), null, "%", null)) {
      while (tables.next()) {
        String name = tables.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
        if (TABLES.contains(name)) {
          names.add(name);
        }
      }
    }
    if (names.size() < TABLES.size()) {
      throw new IllegalStateException("found only " + names);
    }
    return names;
  }

  private static String text(ResultSet rows) throws SQLException {
    StringBuilder text = new StringBuilder();
    int columns = rows.getMetaData().getColumnCount();
    while (rows.next()) {
      for (int i = 1; i <= columns; i++) {
        Object value = rows.getObject(i);
        text.append(
            value instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : String.valueOf(rows.getString(i)));
        text.append('\t');
      }
    }
    return text.toString();
  }
}
