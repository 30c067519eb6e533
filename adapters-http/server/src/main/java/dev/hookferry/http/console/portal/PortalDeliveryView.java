package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.portal.deliveries.PortalFollowUp;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.console.portal.forms.SignatureWords;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.HeaderLine;
import dev.hookferry.http.console.text.PrettyJson;
import dev.hookferry.http.console.text.RequestText;
import dev.hookferry.http.portal.PortalPayload;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.Words;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.site.PortalSettings;
import dev.hookferry.transport.SentRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The page of a delivery.
 *
 * @param endpoint the endpoint's id
 * @param url its URL
 * @param isDelivered whether it has arrived, so that sending it again makes a duplicate
 * @param next when the next attempt is due; empty if none is
 * @param followUp what came of sending it again just now, or null
 * @param payload what is shown of its payload, or null
 */
public record PortalDeliveryView(
    PortalViews.Row row,
    String event,
    String endpoint,
    String url,
    boolean isDelivered,
    DisplayTime next,
    @Nullable PortalFollowUp followUp,
    List<PortalAttempt> attempts,
    @Nullable String payload) {
  /**
   * An attempt.
   *
   * @param head the line of the request; empty if it is not known
   * @param sent the request's headers
   * @param signatures how its signatures were made; empty if it is not known
   * @param curl the request as a command; empty if not all of the payload is shown
   * @param status the line of the response; empty if there was none
   * @param response the beginning of its body
   * @param received its headers; none of a redirect
   */
  public record PortalAttempt(
      int number,
      StatePill look,
      DisplayTime started,
      String took,
      String text,
      String head,
      List<HeaderLine> sent,
      List<String> signatures,
      String curl,
      String status,
      String response,
      List<HeaderLine> received) {}

  /** Returns the query of the list of all deliveries of the event. */
  public String ofEvent() {
    return "?q=" + FormValues.encoded(event);
  }

  static PortalDeliveryView of(Webhooks webhooks, PortalVisit visit, Delivery delivery) {
    PortalAccess access = visit.access();
    PortalSettings settings = visit.site().settings();
    TranslatedReasons reasons = new TranslatedReasons(visit.words(), visit.now());
    Endpoint endpoint = access.endpoint(delivery.endpoint());
    EndpointHealth health = webhooks.endpoints().health(endpoint);
    Optional<Event> event = access.event(delivery.id());
    boolean whole = PortalPayload.isWhole(settings, access, delivery.type());
    List<Attempt> made = access.attempts(delivery.id());
    List<PortalAttempt> attempts = new ArrayList<>();
    for (Attempt one : made) {
      Optional<SentRequest> sent = event.flatMap(e -> webhooks.deliveries().sent(one, e));
      attempts.add(0, attempt(one, endpoint, sent, whole, visit));
    }
    boolean isDue =
        delivery.state() == DeliveryState.PENDING
            && !TranslatedReasons.next(delivery, health).isAfter(visit.now());
    String reason = isDue ? "" : reasons.unsent(delivery, endpoint, health);
    String payload = PortalPayload.of(settings, access, delivery);
    Attempt last = made.isEmpty() ? null : made.get(made.size() - 1);
    return new PortalDeliveryView(
        new PortalViews(webhooks, visit).row(delivery, endpoint, last),
        delivery.event().value(),
        endpoint.id().toString(),
        endpoint.url().text(),
        delivery.state() == DeliveryState.DELIVERED,
        reasons.nextAttempt(delivery, health),
        PortalFollowUp.of(visit.query(), delivery, made, reason, visit.words()),
        attempts,
        payload == null ? null : PrettyJson.of(Payload.of(payload)));
  }

  private static PortalAttempt attempt(
      Attempt attempt,
      Endpoint endpoint,
      Optional<SentRequest> sent,
      boolean whole,
      PortalVisit visit) {
    Words words = visit.words();
    String head = sent.map(RequestText::head).orElse("");
    int code = attempt.outcome().statusCode();
    String response = PortalPayload.response(attempt);
    StatePill look = StatePill.of(attempt.outcome().kind());
    String word = words.text("outcome." + TranslatedReasons.key(attempt.outcome().kind()));
    return new PortalAttempt(
        attempt.number(),
        new StatePill(look.tone(), word, look.shape()),
        words.time(attempt.startedAt(), visit.now()),
        words.length(attempt.outcome().took()),
        TranslatedReasons.of(attempt, words),
        head.lines().findFirst().orElse(""),
        HeaderLine.parse(head.substring(Math.max(0, head.indexOf('\n')))),
        sent.map(one -> SignatureWords.of(one, endpoint, attempt, words)).orElse(List.of()),
        whole ? sent.map(RequestText::curl).orElse("") : "",
        code == 0 ? "" : "HTTP " + code,
        response == null ? "" : response,
        HeaderLine.parse(PortalPayload.headers(attempt)));
  }
}
