package dev.hookferry.jdbc.dialect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Settings of the server, not ours to change, that a store on it needs to be on. */
final class PostgresSettings {
  private static final String LOSES =
      " is off: a crash of the machine can lose accepted events; turn it on";

  private static final Map<String, String> NEEDED = new LinkedHashMap<>();

  static {
    NEEDED.put("fsync", LOSES);
    NEEDED.put("full_page_writes", LOSES);
    NEEDED.put(
        "autovacuum",
        " is off: what has left the queue stays in its table until somebody runs VACUUM; turn it"
            + " on");
  }

  private PostgresSettings() {}

  /** What is to be said of a server, a line for each setting that is off. */
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
    return name + NEEDED.get(name);
  }
}
