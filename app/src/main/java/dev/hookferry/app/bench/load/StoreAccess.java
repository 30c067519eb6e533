package dev.hookferry.app.bench.load;

import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.StoreConfig.Custom;
import dev.hookferry.app.config.StoreConfig.InDatabase;
import dev.hookferry.app.config.StoreConfig.InFiles;
import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.refusal.InvalidException;
import java.util.HashMap;
import java.util.Map;

/**
 * Access to the store of a measurement.
 *
 * @param config the store
 */
public record StoreAccess(StoreConfig config) {
  private static final String STORE = "HOOKFERRY_STORE";

  /** Fold that returns the kind of a store and rejects a store that cannot be measured. */
  private static final class Kind implements StoreConfig.Fold<String> {
    @Override
    public String files(InFiles store) {
      return "file";
    }

    @Override
    public String memory() {
      return "memory";
    }

    @Override
    public String database(InDatabase store) {
      return store.url().split(":", 3)[1];
    }

    @Override
    public String custom(Custom store) {
      throw unmeasurable(store);
    }
  }

  /** Fold that returns the environment variables of a server with the store. */
  private static final class Environment implements StoreConfig.Fold<Map<String, String>> {
    @Override
    public Map<String, String> files(InFiles store) {
      return Map.of(STORE, "file:" + store.directory().toAbsolutePath());
    }

    @Override
    public Map<String, String> memory() {
      return Map.of(STORE, "memory");
    }

    @Override
    public Map<String, String> database(InDatabase store) {
      Map<String, String> named = new HashMap<>(Map.of(STORE, store.url()));
      String user = store.user();
      SecretText password = store.password();
      if (user != null) {
        named.put("HOOKFERRY_STORE_USER", user);
      }
      if (password != null) {
        named.put("HOOKFERRY_STORE_PASSWORD", password.text());
      }
      return named;
    }

    @Override
    public Map<String, String> custom(Custom store) {
      throw unmeasurable(store);
    }
  }

  private static InvalidException unmeasurable(Custom store) {
    return InvalidException.of(
        "store",
        "must be a directory, memory or a database to be measured (got " + store.shown() + ")");
  }

  /**
   * Checks that the store can be measured.
   *
   * @throws InvalidException if it is a custom store
   */
  public StoreAccess {
    var unused = config.fold(new Kind());
  }

  /** Returns a server's variables for the store; unlike arguments, other users cannot read them. */
  Map<String, String> environment() {
    return config.fold(new Environment());
  }

  /** Returns the kind of store: file, memory, postgresql, mariadb, mysql or h2. */
  public String kind() {
    return config.fold(new Kind());
  }
}
