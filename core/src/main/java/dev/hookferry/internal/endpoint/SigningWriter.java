package dev.hookferry.internal.endpoint;

import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.field.FieldValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.secret.Sealed;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.site.SecretContexts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Validates and changes the signing of an endpoint. */
public final class SigningWriter {
  private final SecretCipher cipher;
  private final SiteId site;
  private final EndpointId endpoint;
  private final Instant now;

  public SigningWriter(SecretCipher cipher, SiteId site, EndpointId endpoint, Instant now) {
    this.cipher = cipher;
    this.site = site;
    this.endpoint = endpoint;
    this.now = now;
  }

  /** Returns the signing with the given values; null if there are problems with them. */
  public @Nullable EndpointSigning write(
      EndpointSigning before, FieldValues given, Problems problems) {
    List<Signature> asked = given.get(EndpointFields.SIGNATURES);
    List<Signature> signatures = before.signatures();
    if (asked != null) {
      signatures = asked.isEmpty() ? Signature.DEFAULT : asked;
      checkEnds(before.signatures(), signatures, problems);
    }
    List<Signature> chosen = signatures;
    var unused = problems.collect("", () -> requireSecrets(chosen, before.secrets()));
    Sealed qlm = qlmSecret(before, given, problems);
    return problems.collect("", () -> new EndpointSigning(chosen, qlm, before.secrets()));
  }

  /**
   * Checks that a new secret fits the present signatures.
   *
   * @throws InvalidException if one of them needs a {@code whsec_} secret and this is another text
   */
  private static void requireFit(EndpointSigning signing, SigningSecret secret) {
    Signature standard = EndpointSigning.standardAmong(signing.signatures());
    if (standard != null) {
      requireStandard(standard, secret);
    }
  }

  /**
   * Returns the signing with another secret; unchanged if it is the current one.
   *
   * @param overlapEnd when the present secret stops signing
   * @throws InvalidException if the secret does not fit the signatures
   */
  public EndpointSigning rotated(
      EndpointSigning present, SigningSecret secret, Instant overlapEnd) {
    requireFit(present, secret);
    String context = SecretContexts.standard(site, endpoint);
    byte[] wanted = secret.reveal().getBytes(StandardCharsets.UTF_8);
    if (!present.secrets().isEmpty()) {
      String current = cipher.open(present.secrets().get(0).secret(), context);
      if (MessageDigest.isEqual(current.getBytes(StandardCharsets.UTF_8), wanted)) {
        return present;
      }
    }
    return present.rotated(cipher.seal(secret.reveal(), context), now, overlapEnd);
  }

  private void checkEnds(List<Signature> before, List<Signature> asked, Problems problems) {
    for (int i = 0; i < asked.size(); i++) {
      Signature signature = asked.get(i);
      problems.require(
          signature.isActive(now) || before.contains(signature),
          "signatures[" + i + "].until",
          "must be in the future; remove the signature if you no longer want it");
    }
  }

  /** Returns the secrets if they fit the signatures. */
  private List<EndpointSecret> requireSecrets(
      List<Signature> signatures, List<EndpointSecret> secrets) {
    Signature standard = EndpointSigning.standardAmong(signatures);
    if (standard == null) {
      return secrets;
    }
    for (EndpointSecret secret : secrets) {
      if (secret.isActive(now)) {
        String text = cipher.open(secret.secret(), SecretContexts.standard(site, endpoint));
        requireStandard(standard, SigningSecret.of(text));
      }
    }
    return secrets;
  }

  private static void requireStandard(Signature signature, SigningSecret secret) {
    try {
      Objects.requireNonNull(secret.standard());
    } catch (InvalidException e) {
      throw InvalidException.of(
          "secret",
          "must be whsec_ followed by 24 to 75 bytes in base64 for the signature "
              + signature.profile().code()
              + "; use such a secret, or other signatures");
    }
  }

  private @Nullable Sealed qlmSecret(EndpointSigning before, FieldValues given, Problems problems) {
    String key = given.get(EndpointFields.QLM_SECRET);
    if (key == null) {
      return given.isReset(EndpointFields.QLM_SECRET) ? null : before.qlmSecret();
    }
    problems.require(
        !key.isEmpty() && key.length() <= EndpointFields.MAX_QLM_SECRET,
        "qlmSecret",
        "must have 1 to 256 characters");
    return cipher.seal(key, SecretContexts.qlm(site, endpoint));
  }
}
