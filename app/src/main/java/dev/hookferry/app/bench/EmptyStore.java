package dev.hookferry.app.bench;

import dev.hookferry.app.config.Secret;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.StoreConfig.InDatabase;
import dev.hookferry.app.config.StoreConfig.InFiles;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.port.Store;
import dev.hookferry.port.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Keeps a bench away from stores that somebody uses. */
final class EmptyStore {
  private EmptyStore() {}

  /**
   * Returns if nothing is there.
   *
   * @throws BenchException if something is, or if the store cannot be opened
   */
  static void require(StoreConfig config) {
    if (config instanceof InFiles files && !isEmpty(files.directory())) {
      throw new BenchException(
          "--store: the folder "
              + files.directory()
              + " is not empty; a bench needs a store of its own, so name a folder that is not"
              + " there");
    }
    if (config instanceof InDatabase database && !isEmpty(database)) {
      throw new BenchException(
          "--store: "
              + database.shown()
              + " holds sites of Hookferry already; a bench needs a store of its own, so name an"
              + " empty database (or drop this one, if it is of an earlier bench)");
    }
  }

  private static boolean isEmpty(Path directory) {
    if (!Files.exists(directory)) {
      return true;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw new BenchException("--store: the folder cannot be read: " + e, e);
    }
  }

  /** Any server that ever ran there has made the default site. */
  private static boolean isEmpty(InDatabase database) {
    JdbcStoreOptions options = JdbcStoreOptions.of(database.url());
    String user = database.user();
    Secret password = database.password();
    if (user != null) {
      options = options.withUser(user, password == null ? null : password.text());
    }
    try (Store store = JdbcStore.open(options)) {
      return store.config().load().sites().isEmpty();
    } catch (StoreException e) {
      throw new BenchException("--store: " + StoreConfig.masked(String.valueOf(e.getMessage())), e);
    }
  }
}
