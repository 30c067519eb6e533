package dev.hookferry.app.config;

import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.app.config.value.ValueKind;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.store.StoreProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The configured store. */
public sealed interface StoreConfig {
  /** The values of {@code store}; the database user comes from other keys. */
  ValueKind<StoreConfig> FORM =
      ValueKind.one(
          "STORE",
          "file:DIR, memory, a JDBC URL that begins with jdbc:postgresql:, jdbc:mariadb: (also for"
              + " MySQL) or jdbc:h2:, or the SCHEME:… of a custom store",
          StoreConfig::parse);

  /** Prefix of URLs of MySQL's own driver, which Hookferry does not use. */
  String MYSQL = "jdbc:mysql:";

  /** Returns the setting without passwords. */
  String shown();

  /**
   * Returns whether both settings name the same store, ignoring credentials; never true for memory.
   */
  boolean isSame(StoreConfig other);

  /** Calls the fold's method for this kind of store and returns its result. */
  <R> R fold(Fold<R> fold);

  /** Handles each kind of store. A new kind adds a method, so no caller can miss it. */
  interface Fold<R> {
    /** Folds the file store. */
    R files(InFiles store);

    /** Folds the memory store. */
    R memory();

    /** Folds a database. */
    R database(InDatabase store);

    /** Folds a custom store. */
    R custom(Custom store);
  }

  /**
   * The file store.
   *
   * @param directory its directory; created if needed
   */
  record InFiles(Path directory) implements StoreConfig {
    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.files(this);
    }

    @Override
    public boolean isSame(StoreConfig other) {
      return other instanceof InFiles another && path().equals(another.path());
    }

    private Path path() {
      return directory.toAbsolutePath().normalize();
    }

    @Override
    public String shown() {
      return "file:" + directory;
    }
  }

  /** The memory store: all data is lost when the process ends. */
  record InMemory() implements StoreConfig {
    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.memory();
    }

    @Override
    public boolean isSame(StoreConfig other) {
      return false;
    }

    @Override
    public String shown() {
      return "memory";
    }
  }

  /**
   * A database store.
   *
   * @param url a JDBC URL, which may contain credentials
   * @param user the database user, or null if given in the URL
   * @param password the user's password, or null if given in the URL or not needed
   * @param tables its tables
   */
  record InDatabase(
      String url, @Nullable String user, @Nullable SecretText password, StoreTables tables)
      implements StoreConfig {
    /** Returns the store's options. */
    public JdbcStoreOptions options() {
      JdbcStoreOptions options = tables.applyTo(JdbcStoreOptions.of(url));
      return user == null
          ? options
          : options.withUser(user, password == null ? null : password.text());
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.database(this);
    }

    @Override
    public boolean isSame(StoreConfig other) {
      return other instanceof InDatabase another
          && url.equals(another.url())
          && tables.equals(another.tables());
    }

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
   * A custom store, opened by a provider on the class path.
   *
   * @param provider the provider
   * @param location the store's location in the provider's own syntax; may contain credentials
   * @param user the user, or null if there is none
   * @param password the user's password, or null if there is none
   */
  record Custom(
      StoreProvider provider, String location, @Nullable String user, @Nullable SecretText password)
      implements StoreConfig {
    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.custom(this);
    }

    @Override
    public boolean isSame(StoreConfig other) {
      return other instanceof Custom another
          && provider.scheme().equals(another.provider().scheme())
          && location.equals(another.location());
    }

    @Override
    public String shown() {
      return SecretText.masked(provider.scheme() + ":" + location);
    }

    @Override
    public String toString() {
      return shown();
    }
  }

  /** Returns a copy with the given credentials. The file and memory stores ignore them. */
  default StoreConfig with(@Nullable String user, @Nullable SecretText password) {
    if (this instanceof InDatabase database) {
      return new InDatabase(database.url(), user, password, database.tables());
    }
    return this instanceof Custom custom
        ? new Custom(custom.provider(), custom.location(), user, password)
        : this;
  }

  /** Returns a copy with the given tables. Stores other than a database ignore them. */
  default StoreConfig with(StoreTables tables) {
    return this instanceof InDatabase database
        ? new InDatabase(database.url(), database.user(), database.password(), tables)
        : this;
  }

  /**
   * Parses a value of {@code store}.
   *
   * @throws IllegalArgumentException if it is not a valid store
   * @throws InvalidException if it is a URL that the database store rejects, with the reason
   */
  static StoreConfig parse(String text) {
    if (text.equals("memory")) {
      return new InMemory();
    }
    if (text.startsWith(MYSQL)) {
      String meant = "jdbc:mariadb:" + text.substring(MYSQL.length());
      throw InvalidException.of(
          "",
          "must begin with jdbc:mariadb:, also for MySQL; did you mean %s?"
              .formatted(SecretText.masked(meant)));
    }
    if (text.matches("jdbc:(postgresql|mariadb|h2):.+")) {
      // Rejects unsuitable databases here, so that the error is reported with all others.
      var unused = JdbcStoreOptions.of(text);
      return new InDatabase(text, null, null, StoreTables.DEFAULT);
    }
    if (!text.startsWith("file:")) {
      return custom(text);
    }
    ValueKind.require(text.length() > "file:".length());
    try {
      return new InFiles(Path.of(text.substring("file:".length())));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static StoreConfig custom(String text) {
    for (StoreProvider provider : ServiceLoader.load(StoreProvider.class)) {
      String scheme = provider.scheme() + ":";
      if (text.startsWith(scheme)) {
        return new Custom(provider, text.substring(scheme.length()), null, null);
      }
    }
    throw new IllegalArgumentException("no store has that name");
  }
}
