package dev.hookferry.portal;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A link that was made.
 *
 * @param id the id that its session will not have; for logs
 * @param code the code to exchange for a session: secret, once, within 60 seconds
 * @param codeExpiresAt when the code becomes worthless
 */
public record PortalLink(UUID id, String code, Instant codeExpiresAt) {
  public PortalLink {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(codeExpiresAt, "codeExpiresAt");
  }

  /** Returns everything but the code. */
  @Override
  public String toString() {
    return "PortalLink[" + id + "]";
  }
}
