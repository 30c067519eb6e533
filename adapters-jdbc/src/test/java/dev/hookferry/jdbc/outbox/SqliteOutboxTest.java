package dev.hookferry.jdbc.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.outbox.RejectedRow;
import dev.hookferry.query.PageRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** SQLite has no type for times, so that a row can say anything. */
  @Test
  void rejectsARowWithAnInvalidTimeAndRelaysTheOthers() {
    for (String column : List.of("occurred_at", "deliver_at")) {
      database.execute(
          "INSERT INTO %s (type, data, %s) VALUES ('license_created', '{}', 'soon')"
              .formatted(scene.options.table(), column));
    }
    scene.insert("license_created", "{}");
    try (OutboxRelay relay = scene.relay()) {
      scene.awaitEmpty();
      assertThat(scene.events()).hasSize(1);
      assertThat(relay.rejected(PageRequest.FIRST).data())
          .extracting(RejectedRow::reason)
          .satisfiesExactly(
              newest -> assertThat(newest).startsWith("deliver_at: must be a time"),
              oldest -> assertThat(oldest).startsWith("occurred_at: must be a time"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"occurred_at", "created_at", "deliver_at"})
  void aTimeOutOfRangeIsRejected(String column) {
    rejectsTimes(column, "+294276-12-31T00:00:00Z", "1969-12-31T23:59:59Z");
  }

  @Test
  void aTimeMayBeATextOfAnyLength() {
    database.execute(
        "INSERT INTO %s (type, data, occurred_at) VALUES ('license_created', '{}', '%s')"
            .formatted(scene.options.table(), "x".repeat(100_000)));
    try (OutboxRelay relay = scene.relay()) {
      scene.awaitEmpty();
      assertThat(relay.rejected(PageRequest.FIRST).data())
          .extracting(RejectedRow::reason)
          .containsExactly("occurred_at: must be at most 65536 bytes");
    }
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
