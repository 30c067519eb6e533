package dev.hookferry.jdbc.outbox;

import dev.hookferry.jdbc.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** SQLite has one writer at a time and no row locks: relays publish the same rows, harmlessly. */
final class SqliteOutboxTest extends OutboxContract {
  SqliteOutboxTest() {
    super(new InFile(file()));
  }

  private static Path file() {
    try {
      return Files.createTempFile("hookferry-outbox", ".db");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  boolean isOneWriter() {
    return true;
  }

  /** A file that is removed afterwards. */
  private record InFile(Path file) implements TestDatabase {
    @Override
    public String url() {
      return "jdbc:sqlite:" + file + "?busy_timeout=10000&journal_mode=WAL";
    }

    @Override
    public void close() {
      file.toFile().deleteOnExit();
    }
  }
}
