package dev.hookferry.store.archive;

import dev.hookferry.json.JsonMembers;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferOrigin;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;

/**
 * The first line of an archive.
 *
 * @param id unique id of the archive
 * @param createdAt when the archive was started
 * @param origin the store from which it was created
 * @param history how much of the past it contains
 */
public record ArchiveHeader(
    UUID id, Instant createdAt, TransferOrigin origin, TransferHistory history) {
  /** Version of the archive format that this version of Hookferry writes and reads. */
  public static final int FORMAT = 1;

  static final String KIND = "archive";

  public ArchiveHeader {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(history, "history");
  }

  String text() {
    return new JsonWriter()
        .text("kind", KIND)
        .number("format", FORMAT)
        .number("readableBy", FORMAT)
        .text("id", id.toString())
        .text("createdAt", createdAt.truncatedTo(ChronoUnit.MILLIS).toString())
        .text("store", origin.store())
        .number("configVersion", origin.configVersion())
        .number("deliveries", origin.deliveries())
        .text("history", history.text())
        .end();
  }

  /**
   * Parses the output of {@link #text}. Uses the archive's id as the state of the origin.
   *
   * @throws IllegalArgumentException if the text is not a header or has a newer format; the message
   *     is human-readable
   */
  static ArchiveHeader parse(String text) {
    JsonMembers members = JsonMembers.parse(text);
    if (!members.text("kind").equals(KIND)) {
      throw new IllegalArgumentException("it does not begin with the header of an archive");
    }
    long format = members.number("format");
    long readableBy = members.number("readableBy");
    if (readableBy > FORMAT) {
      throw new IllegalArgumentException(
          "its format is " + format + ", and this version reads " + FORMAT + "; use a newer one");
    }
    UUID id = members.text("id", UUID::fromString);
    return new ArchiveHeader(
        id,
        members.text("createdAt", Instant::parse),
        new TransferOrigin(
            members.text("store"),
            id.toString(),
            members.number("configVersion"),
            members.number("deliveries")),
        members.text("history", TransferHistory::parse));
  }
}
