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
 * @param id time-ordered; not secret
 * @param hash SHA-256 of the secret token, as 64 hexadecimal digits; unique
 * @param kind its purpose: 1 to 20 lower-case letters and hyphens
 * @param site the site that it is for, or null
 * @param subject the user that it is for: up to 200 visible ASCII characters; may be empty
 * @param key the API key that it was created with, or null
 * @param createdAt in whole milliseconds, as all its times
 * @param usedAt when it was last used, at about a minute's precision
 * @param expiresAt when it ends unless it is extended
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
  /** The longest text, in characters. */
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

  /** Returns a copy that was used, and expires, at other times. */
  public SessionEntry extended(Instant usedAt, Instant expiresAt) {
    return new SessionEntry(id, hash, kind, site, subject, key, createdAt, usedAt, expiresAt, text);
  }

  /** Returns everything except hash and text, which must not be shown. */
  @Override
  public String toString() {
    return "SessionEntry[" + kind + " " + id + " " + site + " " + subject + " " + expiresAt + "]";
  }
}
