package dev.hookferry.file.config;

import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.session.SessionEntry;
import java.time.Instant;
import java.util.UUID;

/**
 * A session as a line: hash, id, kind, site, subject, key, times in milliseconds since 1970, text.
 * A field begins with a colon if it can be empty or null.
 */
final class SessionLine {
  private static final int FIELDS = 10;

  private SessionLine() {}

  static String of(SessionEntry entry) {
    return String.join(
        " ",
        entry.hash(),
        entry.id().toString(),
        entry.kind(),
        ":" + (entry.site() == null ? "" : entry.site()),
        ":" + entry.subject(),
        ":" + (entry.key() == null ? "" : entry.key()),
        "" + entry.createdAt().toEpochMilli(),
        "" + entry.usedAt().toEpochMilli(),
        "" + entry.expiresAt().toEpochMilli(),
        ":" + entry.text());
  }

  /** Parses a line whose checksum has been verified. */
  static SessionEntry parse(String line) {
    String[] fields = line.split(" ", FIELDS);
    String site = fields[3].substring(1);
    String key = fields[5].substring(1);
    return new SessionEntry(
        UUID.fromString(fields[1]),
        fields[0],
        fields[2],
        site.isEmpty() ? null : new SiteId(site),
        fields[4].substring(1),
        key.isEmpty() ? null : KeyId.parse(key),
        time(fields[6]),
        time(fields[7]),
        time(fields[8]),
        fields[9].substring(1));
  }

  private static Instant time(String millis) {
    return Instant.ofEpochMilli(Long.parseLong(millis));
  }
}
