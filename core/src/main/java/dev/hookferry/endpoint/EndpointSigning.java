package dev.hookferry.endpoint;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.secret.Sealed;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How requests to an endpoint are signed.
 *
 * @param signatures 1 to {@link Signature#MAX}, at least one without an end, no two of which write
 *     the same header
 * @param qlmSecret its own QLM key, or null to use the site's {@code webHookSecretKey}
 * @param secrets its secrets, the current one first
 */
public record EndpointSigning(
    List<Signature> signatures, @Nullable Sealed qlmSecret, List<EndpointSecret> secrets) {
  /** Maximum number of active secrets: the current one and those still in their overlap period. */
  public static final int MAX_SECRETS = 5;

  public EndpointSigning {
    Objects.requireNonNull(signatures, "signatures");
    Objects.requireNonNull(secrets, "secrets");
    check(signatures);
    signatures = List.copyOf(signatures);
    secrets = List.copyOf(secrets);
  }

  /** Returns a copy with other secrets. */
  public EndpointSigning with(@Nullable Sealed otherQlmSecret, List<EndpointSecret> others) {
    Objects.requireNonNull(others, "others");
    return new EndpointSigning(signatures, otherQlmSecret, others);
  }

  /**
   * Returns the first signature whose key must be a {@code whsec_} secret; null if any text will
   * do.
   */
  public static @Nullable Signature standardAmong(List<Signature> signatures) {
    Objects.requireNonNull(signatures, "signatures");
    return signatures.stream().filter(Signature::needsStandardSecret).findFirst().orElse(null);
  }

  private static void check(List<Signature> signatures) {
    if (signatures.isEmpty() || signatures.size() > Signature.MAX) {
      throw InvalidException.of(
          "signatures", "must name 1 to " + Signature.MAX + " profiles, such as standard");
    }
    if (signatures.stream().allMatch(signature -> signature.until() != null)) {
      throw InvalidException.of(
          "signatures",
          "must have one without until, or requests would go unsigned after the last end");
    }
    Problems problems = new Problems();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < signatures.size(); i++) {
      String field = "signatures[" + i + "]";
      List<String> headers = signatures.get(i).headers();
      String own = headers.get(0);
      problems.require(
          seen.add(own.toLowerCase(Locale.ROOT) + shared(signatures.get(i))),
          field,
          "must not write the header " + own + ", which another signature writes");
      if (!signatures.get(i).options().isEmpty()) {
        headers.forEach(name -> checkName(problems, field, name));
      }
    }
    problems.throwIfAny();
  }

  /** The HMAC and Ed25519 signatures of Standard Webhooks may share their header. */
  private static String shared(Signature signature) {
    return signature.profile() == SignatureProfile.ED25519 ? " v1a" : "";
  }

  /** Checks the name of a header that a user may have chosen. */
  private static void checkName(Problems problems, String field, String name) {
    boolean isStandard = name.toLowerCase(Locale.ROOT).startsWith("webhook-");
    if (!isStandard) {
      HeaderRules.checkOwnName(problems, field, name);
    }
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
    return with(qlmSecret, all);
  }
}
