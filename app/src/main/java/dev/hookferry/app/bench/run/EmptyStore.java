package dev.hookferry.app.bench.run;

import dev.hookferry.app.bench.load.BenchException;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.StoreConfig.InDatabase;
import dev.hookferry.app.config.StoreConfig.InFiles;
import dev.hookferry.app.config.value.SecretText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
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
              + " is not empty; a bench needs its own store, so name a folder that does not"
              + " exist");
    }
    if (config instanceof InDatabase database && !isEmpty(database)) {
      throw new BenchException(
          "--store: "
              + database.shown()
              + " already has tables; a bench needs its own store, so name an"
              + " empty database (or drop this one if an earlier bench left it)");
    }
  }

  private static boolean isEmpty(Path directory) {
    if (!Files.exists(directory)) {
      return true;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw new BenchException("--store: cannot read the folder: " + e, e);
    }
  }

  /**
   * Whether its schema has no tables; looking changes nothing, while opening the store would bring
   * a schema of ours up to date.
   */
  private static boolean isEmpty(InDatabase database) {
    Properties access = new Properties();
    String user = database.user();
    SecretText password = database.password();
    if (user != null) {
      access.setProperty("user", user);
    }
    if (password != null) {
      access.setProperty("password", password.text());
    }
    try (Connection connection = DriverManager.getConnection(database.url(), access);
        ResultSet tables =
            connection
                .getMetaData()
                .getTables(
                    connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE"})) {
      return !tables.next();
    } catch (SQLException e) {
      throw new BenchException("--store: " + SecretText.masked(String.valueOf(e.getMessage())), e);
    }
  }
}
