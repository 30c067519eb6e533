package dev.hookferry.jdbc.dialect;

import dev.hookferry.jdbc.inspection.ServerSetting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** Server settings that must be on for a store, and that Hookferry cannot change itself. */
final class PostgresSettings {
  private static final String LOSES =
      "=off, a crash of the machine can lose accepted events; turn it on";

  private static final Map<String, String> NEEDED = new LinkedHashMap<>();

  static {
    NEEDED.put("fsync", LOSES);
    NEEDED.put("full_page_writes", LOSES);
    NEEDED.put(
        "autovacuum",
        "=off, deleted rows of the queue keep their space until VACUUM is run by hand; turn it"
            + " on");
  }

  private static final String COMMIT = "synchronous_commit";

  private PostgresSettings() {}

  /** Reads the settings of a connection. */
  static List<ServerSetting> read(Connection connection) throws SQLException {
    List<ServerSetting> all = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT name, setting FROM pg_settings WHERE name = ANY (?)")) {
      List<String> names = new ArrayList<>(NEEDED.keySet());
      names.add(COMMIT);
      statement.setArray(1, connection.createArrayOf("text", names.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          all.add(setting(rows.getString(1), rows.getString(2)));
        }
      }
    }
    all.sort(Comparator.comparing(ServerSetting::name));
    return all;
  }

  private static ServerSetting setting(String name, String value) {
    if (!value.equals("off")) {
      return ServerSetting.good(name, value);
    }
    if (name.equals(COMMIT)) {
      return new ServerSetting(
          name,
          value,
          "Hookferry turns it on for its own commits, but an outbox in transactions of an"
              + " application can lose events; turn it on for the role or the database",
          false);
    }
    String harm = Objects.requireNonNull(NEEDED.get(name), name);
    return new ServerSetting(name, value, harm.replaceFirst("^=off, ", ""), LOSES.equals(harm));
  }

  /** Returns the settings that are off and that Hookferry cannot turn on. */
  static List<ServerSetting> unsafe(Handle handle) {
    List<String> off =
        handle
            .createQuery("SELECT name FROM pg_settings WHERE name IN (<names>) AND setting = 'off'")
            .bindList("names", List.copyOf(NEEDED.keySet()))
            .mapTo(String.class)
            .list();
    return NEEDED.keySet().stream()
        .filter(off::contains)
        .map(name -> setting(name, "off"))
        .toList();
  }
}
