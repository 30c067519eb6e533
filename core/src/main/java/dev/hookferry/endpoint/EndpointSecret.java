package dev.hookferry.endpoint;

import dev.hookferry.secret.Sealed;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A secret of an endpoint.
 *
 * @param secret the sealed secret
 * @param expiresAt when a rotated secret stops signing, or null for the current one
 */
public record EndpointSecret(Sealed secret, @Nullable Instant expiresAt) {
  public EndpointSecret {
    Objects.requireNonNull(secret, "secret");
  }

  /** Returns whether it signs requests at this time. */
  public boolean isActive(Instant now) {
    Objects.requireNonNull(now, "now");
    return expiresAt == null || now.isBefore(expiresAt);
  }
}
