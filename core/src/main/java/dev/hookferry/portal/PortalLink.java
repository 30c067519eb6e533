package dev.hookferry.portal;

import dev.hookferry.internal.argument.NoNulls;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A new link.
 *
 * @param id its id, for logs; the session gets another one
 * @param code the code to exchange for a session: secret, once, within 60 seconds
 * @param codeExpiresAt when the code expires
 * @param warnings possible mistakes, such as labels that no endpoint has; may be empty
 */
public record PortalLink(UUID id, String code, Instant codeExpiresAt, List<String> warnings) {
  public PortalLink {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(codeExpiresAt, "codeExpiresAt");
    warnings = List.copyOf(NoNulls.in(warnings, "warnings"));
  }

  /** Returns everything but the code. */
  @Override
  public String toString() {
    return "PortalLink[" + id + "]";
  }
}
