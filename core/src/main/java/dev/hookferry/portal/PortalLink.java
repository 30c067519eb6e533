package dev.hookferry.portal;

import dev.hookferry.internal.argument.NoNulls;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A newly created link.
 *
 * @param id its id, for logs; the session gets a different one
 * @param code the secret one-time code to exchange for a session, before it expires
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

  /** Returns the link's details, without the code. */
  @Override
  public String toString() {
    return "PortalLink[" + id + "]";
  }
}
