package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.endpoints.PastedMessage;
import dev.hookferry.http.console.endpoints.VerifyPage.Line;
import dev.hookferry.http.console.endpoints.VerifyPage.Report;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.portal.deliveries.ShortName;
import dev.hookferry.http.console.portal.forms.FormProblems;
import dev.hookferry.http.console.portal.forms.PortalCheck;
import dev.hookferry.http.console.portal.forms.SignatureCause;
import dev.hookferry.http.console.portal.forms.SignatureWords;
import dev.hookferry.http.console.text.RequestText;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.signing.Ed25519Key;
import dev.hookferry.signing.QlmSignature;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.StandardSecret;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.transport.SentRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The page that explains the signatures of requests and verifies them with a pasted secret. The
 * secret is used once and is neither stored nor logged nor shown again.
 */
final class PortalVerify {
  private static final List<String> PREFIXES =
      List.of(StandardSecret.PREFIX, Ed25519Key.PUBLIC_PREFIX);

  private static final String ATTEMPT = "attempt";
  private static final Problem MISSING =
      new Problem("secret", "is missing; paste the one that your endpoint has");
  private static final Problem NO_HEADERS =
      new Problem("received", "are missing; paste at least the one with the signature");

  private final Webhooks webhooks;

  PortalVerify(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /** Shows the form that checks the request of an attempt. */
  ConsoleReply ask(PortalVisit visit, DeliveryId id) {
    Endpoint endpoint = visit.access().endpoint(visit.access().delivery(id).endpoint());
    var unused = visit.access().requirePermitted(PortalCapability.TEST);
    Attempt attempt = attempt(visit, id, visit.query().text(ATTEMPT));
    List<String> how =
        SignatureWords.of(sent(visit, id, attempt), endpoint, attempt, visit.words());
    return page(visit, 200, PortalCheck.ofAttempt(visit.request().path(), attempt.number(), how));
  }

  /** Verifies the request of an attempt, or the body as received. */
  ConsoleReply check(PortalVisit visit, DeliveryId id) {
    Endpoint endpoint = visit.access().endpoint(visit.access().delivery(id).endpoint());
    var unused = visit.access().requirePermitted(PortalCapability.TEST);
    String secret = visit.form().raw("secret");
    if (secret.isBlank()) {
      throw new InvalidException(List.of(MISSING));
    }
    Attempt attempt = attempt(visit, id, visit.form().text(ATTEMPT));
    SentRequest sent = sent(visit, id, attempt);
    String given = pasted(visit, "body");
    String body = given.isEmpty() ? sent.body().text() : given;
    Words words = visit.words();
    Function<String, Report> check =
        other ->
            report(
                new PastedMessage(other, RequestText.headers(sent), words),
                List.of(endpoint),
                secret,
                attempt.startedAt(),
                words);
    Report report =
        isUnusable(secret, sent, endpoint)
            ? new Report(false, begins(endpoint, words), List.of())
            : check.apply(body);
    SignatureCause cause = SignatureCause.of(body, sent.body().text(), check, words);
    boolean isUndecided = isUndecided(report, secret, sent, endpoint, attempt);
    Report shown =
        isUndecided
            ? new Report(false, words.text("verify.forgotten"), List.of())
            : translated(report, cause, other(report, List.of(endpoint), visit));
    String tone = report.trusted() ? "good" : isUndecided ? "plain" : "bad";
    List<String> how = SignatureWords.of(sent, endpoint, attempt, words);
    return page(
        visit,
        200,
        PortalCheck.ofAttempt(visit.request().path(), attempt.number(), how).with(shown, tone));
  }

  private SentRequest sent(PortalVisit visit, DeliveryId id, Attempt attempt) {
    return visit
        .access()
        .event(id)
        .flatMap(event -> webhooks.deliveries().sent(attempt, event))
        .orElseThrow(() -> new NotFoundException("request", id));
  }

  /** Shows the form that checks any received request. */
  static ConsoleReply askForMessage(PortalVisit visit) {
    var unused = visit.access().requirePermitted(PortalCapability.TEST);
    return page(visit, 200, ofMessage(visit, "", ""));
  }

  /** Returns the check of a received request, of the endpoint in the query if there is one. */
  private static PortalCheck ofMessage(PortalVisit visit, String headers, String body) {
    String id = visit.query().text("endpoint");
    PortalCheck check = PortalCheck.ofMessage(visit.request().path(), headers, body);
    return visit.access().endpoints().stream()
        .filter(one -> one.id().toString().equals(id))
        .findFirst()
        .map(one -> check.of(id, ShortName.of(one)))
        .orElse(check);
  }

  /** Verifies a received request. */
  ConsoleReply checkMessage(PortalVisit visit) {
    PortalAccess access = visit.access().requirePermitted(PortalCapability.TEST);
    String secret = visit.form().raw("secret");
    PortalCheck asked = ofMessage(visit, pasted(visit, "headers"), pasted(visit, "body"));
    List<Problem> wrong =
        Stream.of(secret.isBlank() ? MISSING : null, asked.headers().isBlank() ? NO_HEADERS : null)
            .filter(Objects::nonNull)
            .toList();
    if (!wrong.isEmpty()) {
      return page(visit, 400, asked.with(FormProblems.of(wrong, visit.words(), Map.of())));
    }
    Words words = visit.words();
    Function<String, Report> check =
        other ->
            report(
                new PastedMessage(other, asked.headers(), words),
                access.endpoints(),
                secret,
                visit.now(),
                words);
    Report report =
        belongsToNoEndpoint(secret, access)
            ? new Report(false, words.text("verify.prefixes", PREFIXES.toArray()), List.of())
            : check.apply(asked.body());
    SignatureCause cause =
        SignatureCause.sent(webhooks, access, asked.headers(), asked.body())
            .map(sent -> SignatureCause.of(asked.body(), sent, check, words))
            .orElseGet(() -> SignatureCause.unknown(words));
    String tone = report.trusted() ? "good" : "bad";
    return page(
        visit,
        200,
        asked.with(translated(report, cause, other(report, access.endpoints(), visit)), tone));
  }

  /**
   * Returns whether no endpoint uses this kind of secret. One without a prefix is a QLM key or the
   * secret of another profile, which the page should not mention to customers of other sites.
   */
  private boolean belongsToNoEndpoint(String secret, PortalAccess access) {
    SiteSettings site = webhooks.sites().get(access.session().site()).settings();
    return !hasPrefix(secret)
        && access.endpoints().stream()
            .noneMatch(one -> SignatureWords.usesQlm(one, site) || !SignatureWords.isByPrefix(one));
  }

  /** Browsers submit line breaks as CR LF, whatever was pasted. */
  private static String pasted(PortalVisit visit, String field) {
    return visit.form().raw(field).replace("\r\n", "\n");
  }

  private static ConsoleReply page(PortalVisit visit, int status, PortalCheck view) {
    PortalFrame frame =
        view.name().isEmpty()
            ? visit.frame("verify.page")
            : visit.titled(visit.words().text("verify.page-for", view.name()));
    return TemplateRenderer.page(
        status, (out, i) -> JtePortalVerifyGenerated.render(out, i, frame, view));
  }

  /** An attempt's secret may not be stored any more, but a QLM key is always known. */
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

  /** A secret without a prefix is a QLM key, which is useless if no signature needs one. */
  private static boolean isUnusable(String secret, SentRequest sent, Endpoint endpoint) {
    return !hasPrefix(secret)
        && !has(sent, QlmSignature.HEADER)
        && SignatureWords.isByPrefix(endpoint);
  }

  private static String begins(Endpoint endpoint, Words words) {
    boolean isKeyPair = endpoint.signing().secretType() == SecretType.ED25519;
    return words.text("verify.begins", PREFIXES.get(isKeyPair ? 1 : 0));
  }

  /**
   * Returns why the other signatures of a message with a valid one do not match. The current secret
   * signs first, so if the first signature is valid, the others are of secrets that end.
   */
  private static SignatureCause other(Report report, List<Endpoint> endpoints, PortalVisit visit) {
    boolean isCurrent = !report.lines().isEmpty() && report.lines().get(0).why().isEmpty();
    Instant until =
        isCurrent && endpoints.size() == 1 ? endpoints.get(0).signing().oldSecretsUntil() : null;
    return SignatureCause.other(
        until != null && until.isAfter(visit.now()) ? until : null, visit.words());
  }

  private static Report translated(Report report, SignatureCause cause, SignatureCause other) {
    return new Report(
        report.trusted(),
        report.verdict(),
        report.lines().stream()
            .map(line -> report.trusted() ? quiet(line, other) : translated(line, cause))
            .toList());
  }

  private static Line translated(Line line, SignatureCause cause) {
    String why = line.why().isEmpty() ? "" : cause.of(line.why());
    return new Line(line.header(), line.value(), line.pill(), why);
  }

  /** Returns a signature that need not match, because another one does. */
  private static Line quiet(Line line, SignatureCause other) {
    StatePill pill = new StatePill("rest", line.pill().word(), line.pill().shape());
    return line.why().isEmpty()
        ? line
        : new Line(line.header(), line.value(), pill, other.of(line.why()));
  }

  /** Returns the attempt with the given number, or the newest if there is no number. */
  private static Attempt attempt(PortalVisit visit, DeliveryId id, String number) {
    return visit.access().attempts(id).stream()
        .filter(one -> number.isEmpty() || String.valueOf(one.number()).equals(number))
        .reduce((earlier, later) -> later)
        .orElseThrow(() -> new NotFoundException("attempt", number));
  }

  /**
   * Verifies a message by the format of the secret, and by the other signatures of some endpoints.
   *
   * @param time when an attempt was sent, so that the message is not too old
   */
  private static Report report(
      PastedMessage message, List<Endpoint> endpoints, String secret, Instant time, Words words) {
    Report report = message.check(secret, time);
    List<Signature> others =
        endpoints.stream()
            .flatMap(endpoint -> endpoint.signing().signatures().stream())
            .filter(signature -> !SignatureWords.BY_SECRET.contains(signature.profile()))
            .distinct()
            .toList();
    for (Signature signature : others) {
      Report other = check(message, signature, secret, time, words);
      report = other.trusted() || report.lines().isEmpty() ? other : report;
    }
    return report;
  }

  private static Report check(
      PastedMessage message, Signature signature, String secret, Instant time, Words words) {
    try {
      return message.check(signature, secret, time);
    } catch (InvalidException e) {
      String reason = e.problems().get(0).reason();
      return new Report(false, words.text("verify.secret", reason), List.of());
    }
  }
}
