package dev.hookferry.signing;

import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.SignatureVerifier.Finding;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Result of checking one message with one secret.
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
   * Checks a message with each secret: {@code whsec_} secrets by Standard Webhooks, others by QLM's
   * scheme.
   *
   * @throws InvalidException if a {@code whsec_} secret is malformed
   */
  public static List<SignatureCheck> all(
      SignatureVerifier verifier, Payload body, Map<String, String> headers, List<String> secrets) {
    Objects.requireNonNull(verifier, "verifier");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(secrets, "secrets");
    return secrets.stream().map(secret -> one(verifier, body, headers, secret)).toList();
  }

  /** Returns whether, for every scheme with a secret, at least one secret matches. */
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
      String why = Mismatch.explain(finding, body, b -> verifier.standard(b, headers, parsed));
      return new SignatureCheck(StandardSignature.HEADER, finding, why);
    }
    Finding finding = verifier.qlm(body, headers, secret);
    String why = Mismatch.explain(finding, body, b -> verifier.qlm(b, headers, secret));
    if (finding == Finding.NO_MATCH
        && verifier.qlm(body, headers, secret.strip()) == Finding.VALID) {
      why = "it would fit if the secret had no blanks around it";
    }
    return new SignatureCheck(QlmSignature.HEADER, finding, why);
  }
}
