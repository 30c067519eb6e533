package dev.hookferry.endpoint;

import dev.hookferry.secret.Sealed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A {@code whsec_} secret of an endpoint.
 *
 * @param secret the sealed secret
 * @param expiresAt when a rotated secret stops signing, or null for the current one
 */
public record EndpointSecret(Sealed secret, @Nullable Instant expiresAt) {
  /** Returns whether it signs requests at this time. */
  public boolean isActive(Instant now) {
    return expiresAt == null || now.isBefore(expiresAt);
  }
}
