package dev.hookferry.store.session;

import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stored session or one-time code.
 *
 * @param id the time-ordered id, which is not secret
 * @param hash SHA-256 of the secret token, as 64 hexadecimal digits; unique
 * @param kind the purpose of the session: 1 to 20 lower-case letters and hyphens
 * @param site the session's site, or null
 * @param subject the session's user: up to 200 visible ASCII characters; may be empty
 * @param key the API key with which the session was created, or null
 * @param createdAt when the session was created, in whole milliseconds like all times here
 * @param usedAt when the session was last used, to within about a minute
 * @param expiresAt when the session expires unless it is extended
 * @param text visible ASCII without spaces, at most 200,000 characters; may be empty
 */
public record SessionEntry(
    UUID id,
    String hash,
    String kind,
    @Nullable SiteId site,
    String subject,
    @Nullable KeyId key,
    Instant createdAt,
    Instant usedAt,
    Instant expiresAt,
    String text) {
  /** Maximum length of the text, in characters. */
  public static final int MAX_TEXT = 200_000;

  public SessionEntry {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(hash, "hash");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(usedAt, "usedAt");
    Objects.requireNonNull(expiresAt, "expiresAt");
    Objects.requireNonNull(text, "text");
  }

  /** Returns a copy with these times of last use and expiry. */
  public SessionEntry extended(Instant usedAt, Instant expiresAt) {
    return new SessionEntry(id, hash, kind, site, subject, key, createdAt, usedAt, expiresAt, text);
  }

  /** Returns everything except the hash and the text, which must not be shown. */
  @Override
  public String toString() {
    return "SessionEntry[" + kind + " " + id + " " + site + " " + subject + " " + expiresAt + "]";
  }
}
