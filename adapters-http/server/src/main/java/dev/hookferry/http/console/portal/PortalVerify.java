package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.endpoints.PastedMessage;
import dev.hookferry.http.console.endpoints.VerifyPage.Line;
import dev.hookferry.http.console.endpoints.VerifyPage.Report;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.portal.forms.MismatchWords;
import dev.hookferry.http.console.text.RequestText;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.signing.Ed25519Key;
import dev.hookferry.signing.QlmSignature;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.signing.StandardSecret;
import dev.hookferry.signing.StandardSignature;
import dev.hookferry.transport.SentRequest;
import dev.hookferry.transport.SignedRequest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Explains the signatures of requests, and verifies them with a secret that a customer pastes. The
 * secret is used once: it is neither stored nor logged nor shown again.
 */
final class PortalVerify {
  /** The signatures that can be told apart by the form of the secret. */
  private static final Set<SignatureProfile> BY_SECRET =
      EnumSet.of(SignatureProfile.STANDARD, SignatureProfile.QLM, SignatureProfile.ED25519);

  private static final List<String> PREFIXES =
      List.of(StandardSecret.PREFIX, Ed25519Key.PUBLIC_PREFIX);

  private static final String KEY_SIGNATURE = "v1a,";

  private final Webhooks webhooks;

  PortalVerify(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /** Explains how each signature of a request was made. */
  static List<String> explained(SentRequest sent, Endpoint endpoint, Attempt attempt, Words words) {
    List<String> lines = new ArrayList<>();
    for (SignedRequest.Header header : sent.headers()) {
      if (header.name().equals(QlmSignature.HEADER)) {
        lines.add(words.text("signature.qlm", header.name(), sent.body().size()));
      } else if (header.name().equals(StandardSignature.HEADER)) {
        lines.add(standard(header.value(), words));
      }
    }
    for (Signature signature : endpoint.signing().signatures()) {
      String header = signature.headers().get(0);
      if (has(sent, header) && !BY_SECRET.contains(signature.profile())) {
        lines.add(words.text("signature.profile", header, signature.profile().code()));
      }
    }
    if (!endpoint.knowsSecretsAt(attempt.startedAt())) {
      lines.add(words.text("signature.forgotten"));
    }
    lines.add(words.text(lines.isEmpty() ? "signature.none" : "signature.current"));
    return lines;
  }

  private static String standard(String value, Words words) {
    String[] all = value.split(" ", -1);
    boolean isKey = all[0].startsWith(KEY_SIGNATURE);
    String how = words.text(isKey ? "signature.key" : "signature.standard");
    return all.length == 1 ? how : how + " " + words.text("signature.several", all.length);
  }

  /** Verifies the request of an attempt, or the body that the receiver got. */
  ConsoleReply check(PortalVisit visit, DeliveryId id) {
    Endpoint endpoint = visit.access().endpoint(visit.access().delivery(id).endpoint());
    var unused = visit.access().requirePermitted(PortalCapability.TEST);
    String secret = visit.form().raw("secret");
    if (secret.isBlank()) {
      throw InvalidException.of("secret", "is missing; paste the one that your receiver has");
    }
    Attempt attempt = attempt(visit, id);
    SentRequest sent =
        visit
            .access()
            .event(id)
            .flatMap(event -> webhooks.deliveries().sent(attempt, event))
            .orElseThrow(() -> new NotFoundException("request", id));
    // Browsers submit line breaks as CR LF, whatever was pasted.
    String given = visit.form().raw("body").replace("\r\n", "\n");
    String body = given.isEmpty() ? sent.body().text() : given;
    PastedMessage message = new PastedMessage(body, RequestText.headers(sent), visit.words());
    boolean isSent = given.isEmpty();
    Report report =
        isUnusable(secret, sent, endpoint)
            ? new Report(false, begins(endpoint, visit.words()), List.of())
            : report(message, endpoint, secret, attempt, visit.words());
    boolean isUndecided = isUndecided(report, secret, sent, endpoint, attempt);
    Report shown =
        isUndecided
            ? new Report(false, visit.words().text("verify.forgotten"), List.of())
            : translated(report, isSent, visit.words());
    String tone = report.trusted() ? "good" : isUndecided ? "plain" : "bad";
    PortalFrame frame = visit.frame("verify.page");
    PortalCheck view = new PortalCheck(shown, tone, visit.request().path(), attempt.number());
    return TemplateRenderer.page((out, i) -> JtePortalVerifyGenerated.render(out, i, frame, view));
  }

  /**
   * The result of a check.
   *
   * @param tone the CSS class of the verdict
   * @param path where another check is posted
   * @param attempt the attempt's number
   */
  public record PortalCheck(Report report, String tone, String path, int attempt) {}

  /** A secret that is no longer known may have signed an attempt, but a QLM key is always known. */
  private static boolean isUndecided(
      Report report, String secret, SentRequest sent, Endpoint endpoint, Attempt attempt) {
    boolean isQlm = !hasPrefix(secret) && has(sent, QlmSignature.HEADER);
    return !report.trusted()
        && !isQlm
        && !isUnusable(secret, sent, endpoint)
        && !endpoint.knowsSecretsAt(attempt.startedAt());
  }

  private static boolean hasPrefix(String secret) {
    return PREFIXES.stream().anyMatch(secret.strip()::startsWith);
  }

  private static boolean has(SentRequest sent, String header) {
    return sent.headers().stream().anyMatch(one -> one.name().equals(header));
  }

  /** A secret without a prefix is a QLM key, which is worthless if nothing is signed with one. */
  private static boolean isUnusable(String secret, SentRequest sent, Endpoint endpoint) {
    return !hasPrefix(secret)
        && !has(sent, QlmSignature.HEADER)
        && endpoint.signing().signatures().stream()
            .map(Signature::profile)
            .allMatch(BY_SECRET::contains);
  }

  private static String begins(Endpoint endpoint, Words words) {
    boolean isKeyPair = endpoint.signing().secretType() == SecretType.ED25519;
    return words.text("verify.begins", PREFIXES.get(isKeyPair ? 1 : 0));
  }

  /** Of the body that was sent, only the secret can be wrong. */
  private static Report translated(Report report, boolean isSent, Words words) {
    return new Report(
        report.trusted(),
        report.verdict(),
        report.lines().stream().map(line -> translated(line, isSent, words)).toList());
  }

  private static Line translated(Line line, boolean isSent, Words words) {
    String why =
        line.why().isEmpty()
            ? ""
            : isSent ? words.text("verify.why-secret") : MismatchWords.of(line.why(), words);
    return new Line(line.header(), line.value(), line.look(), why);
  }

  private static Attempt attempt(PortalVisit visit, DeliveryId id) {
    String number = visit.form().text("attempt");
    return visit.access().attempts(id).stream()
        .filter(one -> String.valueOf(one.number()).equals(number))
        .findFirst()
        .orElseThrow(() -> new NotFoundException("attempt", number));
  }

  /** The request is verified as of when it was sent, so that it is not too old. */
  private static Report report(
      PastedMessage message, Endpoint endpoint, String secret, Attempt attempt, Words words) {
    List<Signature> others =
        endpoint.signing().signatures().stream()
            .filter(signature -> !BY_SECRET.contains(signature.profile()))
            .toList();
    Report report = message.check(secret, attempt.startedAt());
    for (Signature signature : others) {
      Report other = check(message, signature, secret, attempt, words);
      report = other.trusted() || report.lines().isEmpty() ? other : report;
    }
    return report;
  }

  private static Report check(
      PastedMessage message, Signature signature, String secret, Attempt attempt, Words words) {
    try {
      return message.check(signature, secret, attempt.startedAt());
    } catch (InvalidException e) {
      String reason = e.problems().get(0).reason();
      return new Report(false, words.text("verify.secret", reason), List.of());
    }
  }
}
