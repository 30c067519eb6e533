package dev.hookferry.endpoint;

import dev.hookferry.secret.Sealed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A {@code whsec_} secret of an endpoint.
 *
 * @param secret sealed
 * @param expiresAt until when it signs besides its successor, or null for the current one
 */
public record EndpointSecret(Sealed secret, @Nullable Instant expiresAt) {
  /** Whether it signs a request at this time. */
  public boolean isActive(Instant now) {
    return expiresAt == null || now.isBefore(expiresAt);
  }
}
