package dev.hookferry.app.bench.load;

import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.StoreConfig.InDatabase;
import dev.hookferry.app.config.StoreConfig.InFiles;
import dev.hookferry.app.config.value.SecretText;
import java.util.HashMap;
import java.util.Map;

/**
 * Access to the store of a measurement.
 *
 * @param config the store
 */
public record StoreAccess(StoreConfig config) {
  /** Returns environment variables for a server, which other users cannot read. */
  Map<String, String> environment() {
    Map<String, String> named = new HashMap<>();
    if (config instanceof InFiles files) {
      named.put("HOOKFERRY_STORE", "file:" + files.directory().toAbsolutePath());
    } else if (config instanceof InDatabase database) {
      named.put("HOOKFERRY_STORE", database.url());
      String user = database.user();
      SecretText password = database.password();
      if (user != null) {
        named.put("HOOKFERRY_STORE_USER", user);
      }
      if (password != null) {
        named.put("HOOKFERRY_STORE_PASSWORD", password.text());
      }
    } else {
      named.put("HOOKFERRY_STORE", "memory");
    }
    return named;
  }

  /** Returns the kind of store: file, memory, postgresql, mariadb, mysql or h2. */
  public String kind() {
    if (config instanceof InDatabase database) {
      return database.url().split(":", 3)[1];
    }
    return config instanceof InFiles ? "file" : "memory";
  }
}
