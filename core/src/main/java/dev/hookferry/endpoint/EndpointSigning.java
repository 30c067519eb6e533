package dev.hookferry.endpoint;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.secret.Sealed;
import dev.hookferry.signing.SignatureScheme;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How requests to an endpoint are signed.
 *
 * @param schemes the signatures to send, at least one
 * @param qlmSecret its own QLM key, or null to use the site's {@code webHookSecretKey}
 * @param secrets its {@code whsec_} secrets, the current one first
 */
public record EndpointSigning(
    Set<SignatureScheme> schemes, @Nullable Sealed qlmSecret, List<EndpointSecret> secrets) {
  /** Maximum number of active secrets: the current one and those still in their overlap period. */
  public static final int MAX_SECRETS = 5;

  public EndpointSigning {
    Objects.requireNonNull(schemes, "schemes");
    Objects.requireNonNull(secrets, "secrets");
    if (schemes.isEmpty()) {
      throw InvalidException.of("signatures", "must name qlm, standard or both");
    }
    schemes = Set.copyOf(schemes);
    secrets = List.copyOf(secrets);
  }

  /**
   * Makes a new secret current; the previous one keeps signing until {@code overlapEnd}. Drops the
   * oldest secrets beyond {@link #MAX_SECRETS}.
   */
  public EndpointSigning rotated(Sealed next, Instant now, Instant overlapEnd) {
    Objects.requireNonNull(next, "next");
    Objects.requireNonNull(now, "now");
    Objects.requireNonNull(overlapEnd, "overlapEnd");
    Stream<EndpointSecret> old =
        secrets.stream()
            .filter(secret -> secret.isActive(now))
            .map(s -> s.expiresAt() == null ? new EndpointSecret(s.secret(), overlapEnd) : s);
    List<EndpointSecret> all =
        Stream.concat(Stream.of(new EndpointSecret(next, null)), old).limit(MAX_SECRETS).toList();
    return new EndpointSigning(schemes, qlmSecret, all);
  }
}
