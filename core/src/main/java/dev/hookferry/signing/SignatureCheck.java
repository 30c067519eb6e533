package dev.hookferry.signing;

import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.SignatureVerifier.Finding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Result of verifying a message with one secret.
 *
 * @param header the header that carries the signature
 * @param finding the result
 * @param why an explanation if the signature is not valid; otherwise empty
 */
public record SignatureCheck(String header, Finding finding, String why) {
  public SignatureCheck {
    Objects.requireNonNull(header, "header");
    Objects.requireNonNull(finding, "finding");
    Objects.requireNonNull(why, "why");
  }

  /**
   * Verifies a message with each secret: {@code whsec_} secrets and public keys according to
   * Standard Webhooks, others according to QLM's scheme.
   *
   * @throws InvalidException if a {@code whsec_} secret or a public key is malformed
   */
  public static List<SignatureCheck> all(
      SignatureVerifier verifier, Payload body, Map<String, String> headers, List<String> secrets) {
    Objects.requireNonNull(verifier, "verifier");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(secrets, "secrets");
    return secrets.stream().map(secret -> one(verifier, body, headers, secret)).toList();
  }

  /**
   * Verifies a message according to a signature of any profile.
   *
   * @param headers the headers of the message; for HTTP Message Signatures, also {@code
   *     @target-uri} with the URL to which it was sent
   * @param secret the receiver's secret as text; for Ed25519, the public key, {@code whpk_} and 32
   *     bytes in base64, which {@code standard} and {@code svix} also accept
   * @throws InvalidException if the secret does not have the form that the profile requires
   */
  public static SignatureCheck of(
      SignatureVerifier verifier,
      Signature signature,
      Payload body,
      Map<String, String> headers,
      String secret) {
    Objects.requireNonNull(verifier, "verifier");
    Objects.requireNonNull(signature, "signature");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(secret, "secret");
    if (signature.profile() == SignatureProfile.QLM) {
      return qlm(verifier, body, headers, secret);
    }
    if (signature.profile() == SignatureProfile.ED25519
        || (signature.profile().acceptsKeyPair() && isKey(secret))) {
      boolean isSvix = signature.profile() == SignatureProfile.SVIX;
      return ed25519(
          verifier, body, headers, secret, isSvix ? Ed25519Check.SVIX : Ed25519Check.STANDARD);
    }
    if (signature.profile() == SignatureProfile.HTTP_MESSAGE_SIGNATURES) {
      return message(verifier, body, SignatureVerifier.lowerCased(headers), secret);
    }
    return form(verifier, signature, body, SignatureVerifier.lowerCased(headers), secret);
  }

  private static SignatureCheck form(
      SignatureVerifier verifier,
      Signature signature,
      Payload body,
      Map<String, String> lower,
      String secret) {
    SigningSecret parsed = SigningSecret.of(secret);
    SignatureForm form = SignatureForm.of(signature);
    if (form.isDecoded()) {
      Objects.requireNonNull(parsed.standard());
    }
    FormCheck check = new FormCheck(form, verifier, lower);
    Finding finding = check.check(body, parsed, form.isDecoded());
    String why =
        Mismatch.explain(
            finding,
            "the timestamp",
            missing(signature, lower),
            body,
            other -> check.check(other, parsed, form.isDecoded()));
    if (finding == Finding.NO_MATCH && fitsOtherwise(check, form, body, parsed)) {
      why =
          form.isDecoded()
              ? "signed with the secret as text; base64-decode it first"
              : "signed with the decoded secret; this profile uses the secret as text, so do not"
                  + " decode it";
    }
    return new SignatureCheck(form.header(), finding, why);
  }

  private static boolean isKey(String secret) {
    return Ed25519Key.isPublicKey(secret) || Ed25519Key.isKeyPair(secret);
  }

  private static SignatureCheck ed25519(
      SignatureVerifier verifier,
      Payload body,
      Map<String, String> headers,
      String secret,
      String prefix) {
    String key = Ed25519Key.isKeyPair(secret) ? Ed25519Key.parse(secret).publicKey() : secret;
    Map<String, String> lower = SignatureVerifier.lowerCased(headers);
    Finding finding = Ed25519Check.check(verifier, body, lower, key, prefix);
    String why =
        Mismatch.explain(
            finding,
            prefix + "timestamp",
            Mismatch.absent(lower, prefix + "id", prefix + "timestamp", prefix + "signature"),
            body,
            b -> Ed25519Check.check(verifier, b, lower, key, prefix));
    return new SignatureCheck(prefix + "signature", finding, why);
  }

  private static SignatureCheck message(
      SignatureVerifier verifier, Payload body, Map<String, String> lower, String secret) {
    HttpMessageCheck check = new HttpMessageCheck(verifier, lower, secret);
    Finding finding = check.check(body);
    String why =
        finding == Finding.MISSING_HEADER && !lower.containsKey(HttpMessageSignature.TARGET)
            ? "the URL that the request was sent to is missing; give it as @target-uri among the"
                + " headers"
            : Mismatch.explain(finding, "created", check.absent(), body, check::check);
    return new SignatureCheck(HttpMessageSignature.HEADER, finding, why);
  }

  private static boolean fitsOtherwise(
      FormCheck check, SignatureForm form, Payload body, SigningSecret secret) {
    try {
      return check.check(body, secret, !form.isDecoded()) == Finding.VALID;
    } catch (InvalidException e) {
      // The secret cannot be decoded.
      return false;
    }
  }

  private static String missing(Signature signature, Map<String, String> lower) {
    List<String> needed =
        signature.headers().stream()
            .filter(name -> !lower.containsKey(name.toLowerCase(Locale.ROOT)))
            .toList();
    if (needed.isEmpty()) {
      return "a part of the signature header is missing";
    }
    for (SignatureProfile profile : SignatureProfile.values()) {
      if (profile != SignatureProfile.CUSTOM && profile != signature.profile()) {
        String header = Signature.of(profile).headers().get(0);
        if (lower.containsKey(header.toLowerCase(Locale.ROOT))) {
          return "the message has no "
              + needed.get(0)
              + " but "
              + header
              + ", which the profile "
              + profile.code()
              + " writes";
        }
      }
    }
    return "the message has no " + String.join(", ", needed);
  }

  /** Returns whether at least one secret matches for every scheme that was checked. */
  public static boolean isTrusted(List<SignatureCheck> checks) {
    Objects.requireNonNull(checks, "checks");
    return checks.stream()
        .allMatch(
            check ->
                checks.stream()
                    .anyMatch(other -> other.header.equals(check.header) && other.isValid()));
  }

  /** Returns whether the signature is valid. */
  public boolean isValid() {
    return finding == Finding.VALID;
  }

  /** Returns a one-line summary. */
  public String text() {
    return header + (isValid() ? " valid" : " NOT VALID: " + why);
  }

  private static SignatureCheck one(
      SignatureVerifier verifier, Payload body, Map<String, String> headers, String secret) {
    if (secret.startsWith(StandardSecret.PREFIX)) {
      StandardSecret parsed = StandardSecret.parse(secret);
      Finding finding = verifier.standard(body, headers, parsed);
      String why =
          Mismatch.explain(
              finding,
              StandardSignature.TIMESTAMP_HEADER,
              Mismatch.absent(
                  SignatureVerifier.lowerCased(headers),
                  StandardSignature.ID_HEADER,
                  StandardSignature.TIMESTAMP_HEADER,
                  StandardSignature.HEADER),
              body,
              b -> verifier.standard(b, headers, parsed));
      return new SignatureCheck(StandardSignature.HEADER, finding, why);
    }
    if (isKey(secret)) {
      return ed25519(verifier, body, headers, secret, Ed25519Check.STANDARD);
    }
    return qlm(verifier, body, headers, secret);
  }

  private static SignatureCheck qlm(
      SignatureVerifier verifier, Payload body, Map<String, String> headers, String secret) {
    Finding finding = verifier.qlm(body, headers, secret);
    String absent = Mismatch.absent(Map.of(), QlmSignature.HEADER);
    String why = Mismatch.explain(finding, "", absent, body, b -> verifier.qlm(b, headers, secret));
    if (finding == Finding.NO_MATCH
        && verifier.qlm(body, headers, secret.strip()) == Finding.VALID) {
      why = "it would match if the secret had no spaces around it";
    }
    return new SignatureCheck(QlmSignature.HEADER, finding, why);
  }
}
