package dev.hookferry.access;

import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.Problems;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stored part of an API key; the secret key itself is shown once and never stored.
 *
 * @param id unique id
 * @param name display name, 1 to 100 characters
 * @param scopes permissions, at least one
 * @param site the only site that it may access, or null for all
 * @param sha256 the SHA-256 of the key's text, in lower-case hexadecimal
 * @param createdAt when it was created
 */
public record ApiKey(
    KeyId id,
    String name,
    Set<Scope> scopes,
    @Nullable SiteId site,
    String sha256,
    Instant createdAt) {
  public ApiKey {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(scopes, "scopes");
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(createdAt, "createdAt");
    Problems problems = new Problems();
    problems.require(
        !name.isBlank() && name.length() <= KeyFields.MAX_NAME,
        "name",
        "must have 1 to 100 characters");
    problems.requireText(name, "name");
    problems.require(
        !scopes.isEmpty(), "scopes", "must name at least one of publish, read, manage, admin");
    problems.require(
        site == null || !scopes.contains(Scope.ADMIN),
        "site",
        "must be absent for a key with the scope admin, which reaches all sites");
    problems.throwIfAny();
    scopes = Set.copyOf(scopes);
  }

  /** Returns whether the key has this hash; compares in constant time. */
  public boolean matches(String otherSha256) {
    Objects.requireNonNull(otherSha256, "otherSha256");
    return MessageDigest.isEqual(ascii(sha256), ascii(otherSha256));
  }

  private static byte[] ascii(String hexadecimal) {
    return hexadecimal.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Returns whether it grants this scope for a site, or for the whole server if {@code where} is
   * null.
   */
  public boolean permits(Scope requested, @Nullable SiteId where) {
    Objects.requireNonNull(requested, "requested");
    boolean covered = false;
    for (Scope scope : scopes) {
      covered |= scope.covers(requested);
    }
    return covered && (site == null || site.equals(where));
  }
}
