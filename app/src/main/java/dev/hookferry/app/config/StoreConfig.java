package dev.hookferry.app.config;

import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.app.config.value.ValueKind;
import dev.hookferry.jdbc.JdbcStoreOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where everything is kept. */
public sealed interface StoreConfig {
  /** Reads what {@code store} may say; the database's user comes from other keys. */
  ValueKind<StoreConfig> FORM =
      ValueKind.one(
          "STORE",
          "file:DIR, memory, or a JDBC URL (jdbc:postgresql:…, jdbc:mariadb:…, jdbc:h2:…)",
          StoreConfig::parse);

  /** As a person may see it: no passwords. */
  String shown();

  /**
   * A directory of our own.
   *
   * @param directory made if it is not there
   */
  record InFiles(Path directory) implements StoreConfig {
    @Override
    public String shown() {
      return "file:" + directory;
    }
  }

  /** In memory: all is lost at the end of the process. */
  record InMemory() implements StoreConfig {
    @Override
    public String shown() {
      return "memory";
    }
  }

  /**
   * A database.
   *
   * @param url a JDBC URL, which may hold credentials
   * @param user its user, or null if the URL says it
   * @param password the user's, or null if the URL says it or there is none
   */
  record InDatabase(String url, @Nullable String user, @Nullable SecretText password)
      implements StoreConfig {
    @Override
    public String shown() {
      return SecretText.masked(url);
    }

    @Override
    public String toString() {
      return shown();
    }
  }

  /**
   * Reads what {@code store} may say.
   *
   * @throws IllegalArgumentException if it says something else
   * @throws dev.hookferry.refusal.InvalidException if the store refuses that database; says why
   */
  static StoreConfig parse(String text) {
    if (text.equals("memory")) {
      return new InMemory();
    }
    if (text.matches("jdbc:(postgresql|mariadb|h2):.+")) {
      // The store refuses what it cannot keep its promises on; here, that is still in time.
      var unused = JdbcStoreOptions.of(text);
      return new InDatabase(text, null, null);
    }
    ValueKind.require(text.startsWith("file:") && text.length() > "file:".length());
    try {
      return new InFiles(Path.of(text.substring("file:".length())));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
