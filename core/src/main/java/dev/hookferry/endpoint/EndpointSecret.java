package dev.hookferry.endpoint;

import dev.hookferry.secret.Sealed;
import dev.hookferry.signing.Ed25519PublicKey;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A secret of an endpoint.
 *
 * @param secret the sealed secret
 * @param expiresAt when a rotated secret stops signing, or null for the current one
 * @param publicKey the public key of a key pair; null if the secret is not a key pair
 * @param createdAt when it was created; null if created by an earlier version of Hookferry
 */
public record EndpointSecret(
    Sealed secret,
    @Nullable Instant expiresAt,
    @Nullable Ed25519PublicKey publicKey,
    @Nullable Instant createdAt) {
  public EndpointSecret {
    Objects.requireNonNull(secret, "secret");
  }

  /** Creates a secret that is not a key pair and whose creation time is unknown. */
  public EndpointSecret(Sealed secret, @Nullable Instant expiresAt) {
    this(secret, expiresAt, null, null);
  }

  /** Returns a copy with the given sealed form of the same secret. */
  public EndpointSecret with(Sealed sealed) {
    Objects.requireNonNull(sealed, "sealed");
    return new EndpointSecret(sealed, expiresAt, publicKey, createdAt);
  }

  /** Returns a copy that stops signing at the given time. */
  EndpointSecret until(Instant end) {
    return new EndpointSecret(secret, end, publicKey, createdAt);
  }

  /** Returns whether it signs requests at this time. */
  public boolean isActive(Instant now) {
    Objects.requireNonNull(now, "now");
    return expiresAt == null || now.isBefore(expiresAt);
  }
}
