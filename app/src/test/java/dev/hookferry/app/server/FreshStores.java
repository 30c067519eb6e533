package dev.hookferry.app.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Empty stores of several kinds, for tests that run on each. PostgreSQL starts when it is used. */
final class FreshStores implements AutoCloseable {
  private final Path folder;
  private int count;
  private @Nullable EmbeddedPostgres postgres;
  private @Nullable Databases databases;

  /**
   * Creates the stores.
   *
   * @param folder for those that are on disk
   */
  FreshStores(Path folder) {
    this.folder = folder;
  }

  /** Returns the setting of a new store: memory, file, h2 or postgresql. */
  String of(String kind) {
    count++;
    return switch (kind) {
      case "memory" -> "memory";
      case "file" -> "file:" + folder.resolve("files" + count);
      case "h2" -> "jdbc:h2:file:" + folder.resolve("db" + count).toAbsolutePath();
      case "postgresql" -> databases().fresh();
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private Databases databases() {
    if (databases == null) {
      EmbeddedPostgres started = started();
      postgres = started;
      databases =
          new Databases(
              () -> started.getPostgresDatabase().getConnection(),
              name ->
                  "jdbc:postgresql://127.0.0.1:"
                      + started.getPort()
                      + "/"
                      + name
                      + "?user=postgres");
    }
    return databases;
  }

  private static EmbeddedPostgres started() {
    try {
      return EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (postgres != null) {
      postgres.close();
    }
  }
}
