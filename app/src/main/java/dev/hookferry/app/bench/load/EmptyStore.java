package dev.hookferry.app.bench.load;

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

/** Ensures that a bench only uses an empty store. */
public final class EmptyStore {
  private EmptyStore() {}

  /**
   * Checks that the store is empty.
   *
   * @throws BenchException if it is not, or if it cannot be opened
   */
  public static void require(StoreConfig config) {
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
   * Returns whether the schema has no tables, without opening the store, which would migrate an
   * existing schema.
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
