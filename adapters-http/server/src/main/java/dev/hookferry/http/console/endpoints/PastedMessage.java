package dev.hookferry.http.console.endpoints;

import dev.hookferry.event.Payload;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.Ed25519Key;
import dev.hookferry.signing.QlmSignature;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureCheck;
import dev.hookferry.signing.SignatureVerifier;
import dev.hookferry.signing.SignatureVerifier.Finding;
import dev.hookferry.signing.StandardSecret;
import dev.hookferry.signing.StandardSignature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** A message pasted by a person. A form does not preserve line endings, so each kind is tried. */
final class PastedMessage {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** Prefixes of secrets and public keys for Standard Webhooks. */
  private static final List<String> STANDARD =
      List.of(StandardSecret.PREFIX, Ed25519Key.PUBLIC_PREFIX);

  private static final String QLM = QlmSignature.HEADER.toLowerCase(Locale.ROOT);

  private final List<String> bodies;
  private final Map<String, String> headers = new LinkedHashMap<>();

  PastedMessage(String body, String headerLines) {
    String stripped = body.endsWith("\n") ? body.substring(0, body.length() - 1) : body;
    bodies = List.of(body, body.replace("\n", "\r\n"), stripped, stripped.replace("\n", "\r\n"));
    for (String line : headerLines.split("\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        headers.put(name, line.substring(colon + 1).strip());
      }
    }
  }

  /** Verifies every signature of the message with a secret. */
  VerifyPage.Report check(String secret, Instant now) {
    boolean standard = STANDARD.stream().anyMatch(secret.strip()::startsWith);
    String header = standard ? StandardSignature.HEADER : QLM;
    String given = headers.get(header);
    if (given == null) {
      return untold(standard);
    }
    List<VerifyPage.Line> lines = new ArrayList<>();
    boolean trusted = false;
    boolean fits = false;
    for (String one : standard ? given.split(" ", -1) : new String[] {given}) {
      SignatureCheck check;
      try {
        check = best(header, one, standard ? secret.strip() : secret, now);
      } catch (InvalidException e) {
        return new VerifyPage.Report(
            false, "The secret " + e.problems().get(0).reason() + ".", List.of());
      }
      trusted |= check.isValid();
      boolean late = isUntimely(check.finding()) && fitsAtItsTime(header, one, secret.strip());
      fits |= late;
      lines.add(line(header, one, check, late));
    }
    return new VerifyPage.Report(trusted, verdict(trusted, fits), lines);
  }

  /** Verifies one signature of the message with a secret. */
  VerifyPage.Report check(Signature signature, String secret, Instant now) {
    SignatureCheck best = null;
    for (String body : bodies) {
      SignatureVerifier verifier = new SignatureVerifier(InstantSource.fixed(now), TOLERANCE);
      SignatureCheck check =
          SignatureCheck.of(verifier, signature, Payload.of(body), headers, secret.strip());
      best = best == null || check.isValid() ? check : best;
    }
    SignatureCheck shown = Objects.requireNonNull(best);
    String value = headers.getOrDefault(shown.header().toLowerCase(Locale.ROOT), "");
    return new VerifyPage.Report(
        shown.isValid(),
        verdict(shown.isValid(), false),
        List.of(line(shown.header(), value, shown, false)));
  }

  private VerifyPage.Report untold(boolean standard) {
    String other = standard ? QLM : StandardSignature.HEADER;
    String has =
        headers.containsKey(other)
            ? " There is a header " + other + ", but this kind of secret is not used for it."
            : " The signature header is missing.";
    String kind =
        standard
            ? "A secret that begins with whsec_, or a public key with whpk_, is used for "
                + StandardSignature.HEADER
                + "."
            : "A secret without whsec_ is used for " + QlmSignature.HEADER + ".";
    return new VerifyPage.Report(false, "No signature matches." + has + " " + kind, List.of());
  }

  private static String verdict(boolean trusted, boolean fits) {
    if (trusted) {
      return "The message is authentic: the signature matches this body and this secret.";
    }
    return fits
        ? "The signature matches this body and this secret, but its timestamp is more than five"
            + " minutes off: a receiver rejects it now, and would have accepted it then."
        : "No signature matches. A receiver rejects this message.";
  }

  private static VerifyPage.Line line(
      String header, String value, SignatureCheck check, boolean late) {
    if (check.isValid()) {
      return new VerifyPage.Line(
          header, value, new StatePill("good", "matches", StatePill.TICK), "");
    }
    return late
        ? new VerifyPage.Line(
            header, value, new StatePill("wait", "matches, too old", StatePill.CLOCK), check.why())
        : new VerifyPage.Line(
            header, value, new StatePill("bad", "no match", StatePill.CROSS), check.why());
  }

  /** Returns the check with the line endings that match; the first one if none do. */
  private SignatureCheck best(String header, String signature, String secret, Instant now) {
    SignatureVerifier verifier = new SignatureVerifier(InstantSource.fixed(now), TOLERANCE);
    Map<String, String> only = new LinkedHashMap<>(headers);
    only.put(header, signature);
    SignatureCheck first = null;
    for (String body : bodies) {
      SignatureCheck check =
          SignatureCheck.all(verifier, Payload.of(body), only, List.of(secret)).get(0);
      if (check.isValid()) {
        return check;
      }
      first = first == null ? check : first;
    }
    return Objects.requireNonNull(first);
  }

  private static boolean isUntimely(Finding finding) {
    return finding == Finding.TOO_OLD || finding == Finding.TOO_NEW;
  }

  private boolean fitsAtItsTime(String header, String signature, String secret) {
    String time = headers.getOrDefault(StandardSignature.TIMESTAMP_HEADER, "0");
    Instant sent = Instant.ofEpochSecond(Long.parseLong(time));
    return best(header, signature, secret, sent).isValid();
  }
}
