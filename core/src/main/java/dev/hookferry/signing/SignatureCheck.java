package dev.hookferry.signing;

import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.SignatureVerifier.Finding;
import java.util.List;
import java.util.Map;

/**
 * One secret held against one message.
 *
 * @param header the header that carries the signature
 * @param finding whether it fits
 * @param why in words, if it does not; else empty
 */
public record SignatureCheck(String header, Finding finding, String why) {
  /**
   * Checks a message with each secret: those that begin with {@code whsec_} by Standard Webhooks,
   * the others as QLM does it.
   *
   * @throws InvalidException if a {@code whsec_} secret is not of the form
   */
  public static List<SignatureCheck> all(
      SignatureVerifier verifier, Payload body, Map<String, String> headers, List<String> secrets) {
    return secrets.stream().map(secret -> one(verifier, body, headers, secret)).toList();
  }

  /** Whether, for every scheme that a secret was given for, one of them fits. */
  public static boolean isTrusted(List<SignatureCheck> checks) {
    return checks.stream()
        .allMatch(
            check ->
                checks.stream()
                    .anyMatch(other -> other.header.equals(check.header) && other.isValid()));
  }

  /** Whether the signature fits. */
  public boolean isValid() {
    return finding == Finding.VALID;
  }

  /** In a line. */
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
