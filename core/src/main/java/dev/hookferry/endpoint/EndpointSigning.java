package dev.hookferry.endpoint;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.secret.Sealed;
import dev.hookferry.signing.Ed25519PublicKey;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of requests to an endpoint, and the secrets that create them.
 *
 * @param signatures 1 to {@link Signature#MAX}, at least one without an end. Each writes its own
 *     header, except that the HMAC and Ed25519 signatures of Standard Webhooks may share theirs
 * @param qlmSecret its own QLM key, or null to use the site's {@code webHookSecretKey}
 * @param secrets its secrets, the current one first
 */
public record EndpointSigning(
    List<Signature> signatures, @Nullable Sealed qlmSecret, List<EndpointSecret> secrets) {
  /** Maximum number of active secrets: the current one and those still in their overlap period. */
  public static final int MAX_SECRETS = 5;

  /** The longest time that an old secret signs alongside a new one. */
  public static final Duration MAX_OVERLAP = Duration.ofDays(30);

  /** The default time that an old secret signs alongside a new one. */
  public static final Duration DEFAULT_OVERLAP = Duration.ofDays(1);

  public EndpointSigning {
    Objects.requireNonNull(signatures, "signatures");
    Objects.requireNonNull(secrets, "secrets");
    check(signatures);
    signatures = List.copyOf(signatures);
    secrets = List.copyOf(secrets);
  }

  /** Returns a copy with the given QLM key and secrets. */
  public EndpointSigning with(@Nullable Sealed otherQlmSecret, List<EndpointSecret> others) {
    Objects.requireNonNull(others, "others");
    return new EndpointSigning(signatures, otherQlmSecret, others);
  }

  /** Returns the kind of its current secret; {@link SecretType#HMAC} if it has none. */
  public SecretType secretType() {
    boolean isKeyPair = !secrets.isEmpty() && secrets.get(0).publicKey() != null;
    return isKeyPair ? SecretType.ED25519 : SecretType.HMAC;
  }

  /** Returns the public keys of its key pairs that sign at this time, the current one first. */
  public List<Ed25519PublicKey> publicKeysAt(Instant now) {
    Objects.requireNonNull(now, "now");
    return secrets.stream()
        .filter(secret -> secret.isActive(now))
        .map(EndpointSecret::publicKey)
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * Returns whether requests are signed with the site's Ed25519 key at this time. It replaces every
   * active secret that is not a key pair.
   */
  public boolean usesSiteKeyAt(Instant now) {
    Objects.requireNonNull(now, "now");
    for (Signature signature : signatures) {
      if (signature.isEd25519() && signature.isActive(now)) {
        return secrets.isEmpty()
            || secrets.stream().anyMatch(s -> s.publicKey() == null && s.isActive(now));
      }
    }
    return false;
  }

  private static void check(List<Signature> signatures) {
    if (signatures.isEmpty() || signatures.size() > Signature.MAX) {
      throw InvalidException.of(
          "signatures", "must name 1 to " + Signature.MAX + " profiles, such as standard");
    }
    if (signatures.stream().allMatch(signature -> signature.until() != null)) {
      throw InvalidException.of(
          "signatures",
          "must include one without until; otherwise requests would be unsigned once all have ended");
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

  /** Returns a suffix that lets HMAC and Ed25519 signatures of Standard Webhooks share a header. */
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

  /** Returns when the last of its previous secrets stops signing; null if it has none. */
  public @Nullable Instant oldSecretsUntil() {
    return secrets.stream()
        .map(EndpointSecret::expiresAt)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  /**
   * Returns a copy with a new current secret; the previous one keeps signing until {@code
   * overlapEnd}. Drops expired secrets and the oldest beyond {@link #MAX_SECRETS}.
   *
   * @param next the new secret, without an end
   */
  public EndpointSigning rotated(EndpointSecret next, Instant now, Instant overlapEnd) {
    Objects.requireNonNull(next, "next");
    Objects.requireNonNull(now, "now");
    Objects.requireNonNull(overlapEnd, "overlapEnd");
    Stream<EndpointSecret> old =
        secrets.stream()
            .filter(secret -> secret.isActive(now))
            .map(s -> s.expiresAt() == null ? s.until(overlapEnd) : s);
    List<EndpointSecret> all = Stream.concat(Stream.of(next), old).limit(MAX_SECRETS).toList();
    return with(qlmSecret, all);
  }
}
