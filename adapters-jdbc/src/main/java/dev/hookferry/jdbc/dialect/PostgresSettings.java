package dev.hookferry.jdbc.dialect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private PostgresSettings() {}

  /** Returns a warning for each setting that is off. */
  static List<String> warnings(Handle handle) {
    List<String> off =
        handle
            .createQuery("SELECT name FROM pg_settings WHERE name IN (<names>) AND setting = 'off'")
            .bindList("names", List.copyOf(NEEDED.keySet()))
            .mapTo(String.class)
            .list();
    return NEEDED.keySet().stream().filter(off::contains).map(PostgresSettings::warning).toList();
  }

  private static String warning(String name) {
    return "harmful server setting: " + name + NEEDED.get(name);
  }
}
