package dev.hookferry.http.console.endpoints;

import dev.hookferry.event.Payload;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.words.Words;
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

/** A message pasted by a user. Forms do not preserve line endings, so each kind is tried. */
public final class PastedMessage {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** Prefixes of secrets and public keys for Standard Webhooks. */
  private static final List<String> STANDARD =
      List.of(StandardSecret.PREFIX, Ed25519Key.PUBLIC_PREFIX);

  private static final String QLM = QlmSignature.HEADER.toLowerCase(Locale.ROOT);

  private final Words words;
  private final List<String> bodies;
  private final Map<String, String> headers = new LinkedHashMap<>();

  /**
   * Creates a message.
   *
   * @param body the body as pasted, with line feeds
   * @param headerLines one header per line
   * @param words the words for the results
   */
  public PastedMessage(String body, String headerLines, Words words) {
    this.words = words;
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
  public VerifyPage.Report check(String secret, Instant now) {
    boolean standard = STANDARD.stream().anyMatch(secret.strip()::startsWith);
    String header = standard ? StandardSignature.HEADER : QLM;
    String given = headers.get(header);
    if (given == null) {
      return missingSignature(standard);
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
            false, words.text("verify.secret", e.problems().get(0).reason()), List.of());
      }
      trusted |= check.isValid();
      boolean late =
          isOutsideTolerance(check.finding()) && matchesAtItsTime(header, one, secret.strip());
      fits |= late;
      lines.add(line(header, one, check, late));
    }
    return new VerifyPage.Report(trusted, verdict(trusted, fits), lines);
  }

  /**
   * Verifies one signature of the message with a secret.
   *
   * @throws InvalidException if the secret has the wrong format for the signature
   */
  public VerifyPage.Report check(Signature signature, String secret, Instant now) {
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

  private VerifyPage.Report missingSignature(boolean standard) {
    String other = standard ? QLM : StandardSignature.HEADER;
    String kind =
        standard
            ? words.text("verify.for-standard", StandardSignature.HEADER)
            : words.text("verify.for-qlm", QlmSignature.HEADER);
    String verdict =
        headers.containsKey(other)
            ? words.text("verify.other", other, kind)
            : words.text("verify.missing", kind);
    return new VerifyPage.Report(false, verdict, List.of());
  }

  private String verdict(boolean trusted, boolean fits) {
    return words.text(trusted ? "verify.authentic" : fits ? "verify.late" : "verify.none");
  }

  private VerifyPage.Line line(String header, String value, SignatureCheck check, boolean late) {
    StatePill pill =
        check.isValid()
            ? new StatePill("good", words.text("match.fits"), StatePill.TICK)
            : late
                ? new StatePill("wait", words.text("match.late"), StatePill.CLOCK)
                : new StatePill("bad", words.text("match.not"), StatePill.CROSS);
    return new VerifyPage.Line(header, value, pill, check.isValid() ? "" : check.why());
  }

  /** Returns the result for the line endings that match, or the first result if none do. */
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

  private static boolean isOutsideTolerance(Finding finding) {
    return finding == Finding.TOO_OLD || finding == Finding.TOO_NEW;
  }

  private boolean matchesAtItsTime(String header, String signature, String secret) {
    String time = headers.getOrDefault(StandardSignature.TIMESTAMP_HEADER, "0");
    Instant sent = Instant.ofEpochSecond(Long.parseLong(time));
    return best(header, signature, secret, sent).isValid();
  }
}
