package dev.hookferry.http.console.portal.forms;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.console.endpoints.VerifyPage.Report;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EventId;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.transport.SentRequest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The cause of a signature mismatch: a wrong secret or, if the sent body is known, a changed body.
 *
 * @param text the cause as text; empty if unknown
 * @param words the visitor's language
 */
public record SignatureCause(String text, Words words) {
  private static final int MAX_DELIVERIES = 10;
  private static final List<String> IDS = List.of("webhook-id:", "svix-id:");

  /** Either the secret or the body may be wrong. */
  public static SignatureCause unknown(Words words) {
    return new SignatureCause("", words);
  }

  /**
   * Returns the cause of a signature that does not match, beside one that does: it was created with
   * the endpoint's other secret.
   *
   * @param until when the other secret stops signing; null if unknown
   */
  public static SignatureCause other(@Nullable Instant until, Words words) {
    String cause =
        until == null
            ? words.text("verify.why-other")
            : words.text("verify.why-other-until", words.minute(until, ZoneId.of("UTC")));
    return new SignatureCause(cause, words);
  }

  /**
   * Finds the cause of a signature that does not match.
   *
   * @param body the body that was checked
   * @param sent the body that was sent
   * @param check checks the signature with another body
   */
  public static SignatureCause of(
      String body, String sent, Function<String, Report> check, Words words) {
    String cause =
        body.equals(sent) || body.equals(sent + "\n")
            ? words.text("verify.why-secret")
            : words.text(check.apply(sent).trusted() ? "verify.why-body" : "verify.why-both");
    return new SignatureCause(cause, words);
  }

  /**
   * Returns the body that was sent to an endpoint of the session with the id in the given headers.
   * If there are several, returns the checked body if it is among them.
   *
   * @param headers one per line
   * @param body the body that was checked
   */
  public static Optional<String> sent(
      Webhooks webhooks, PortalAccess access, String headers, String body) {
    List<String> bodies =
        id(headers).stream()
            .map(id -> DeliveryQuery.ofSite(access.session().site()).event(id))
            .flatMap(query -> access.deliveries(query.limit(MAX_DELIVERIES)).data().stream())
            .flatMap(delivery -> body(webhooks, access, delivery).stream())
            .toList();
    return bodies.stream().filter(body::equals).findFirst().or(() -> bodies.stream().findFirst());
  }

  private static Optional<String> body(Webhooks webhooks, PortalAccess access, Delivery delivery) {
    List<Attempt> attempts = access.attempts(delivery.id());
    return attempts.isEmpty()
        ? Optional.empty()
        : access
            .event(delivery.id())
            .flatMap(event -> webhooks.deliveries().sent(attempts.get(attempts.size() - 1), event))
            .map(SentRequest::body)
            .map(sent -> sent.text());
  }

  private static Optional<EventId> id(String headers) {
    for (String line : headers.split("\n", -1)) {
      String lower = line.strip().toLowerCase(Locale.ROOT);
      for (String name : IDS) {
        if (lower.startsWith(name)) {
          try {
            return Optional.of(new EventId(line.strip().substring(name.length()).strip()));
          } catch (InvalidException e) {
            return Optional.empty();
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Returns why a signature does not match: the cause, unless the reason is more precise. */
  public String of(String why) {
    String reason = MismatchWords.of(why, words);
    return text.isEmpty() || !reason.equals(words.text("mismatch.wrong")) ? reason : text;
  }
}
