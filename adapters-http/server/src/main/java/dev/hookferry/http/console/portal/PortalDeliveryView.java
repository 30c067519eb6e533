package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Event;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.portal.deliveries.DeliveryHeadline;
import dev.hookferry.http.console.portal.deliveries.NewestFailure;
import dev.hookferry.http.console.portal.deliveries.PortalFollowUp;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.console.portal.forms.SignatureWords;
import dev.hookferry.http.console.text.BodyText;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.HeaderLine;
import dev.hookferry.http.console.text.RequestText;
import dev.hookferry.http.portal.PortalPayload;
import dev.hookferry.http.portal.PortalReasons;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EventType;
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
 * @param retry obstacles to a retry
 * @param followUp the outcome of the retry just requested, or null
 * @param outcomeText the delivery's outcome, in a sentence
 * @param advice what to do about the last failure; empty if the last attempt did not fail
 * @param attempts its attempts, newest first
 * @param chosen the attempt shown in full; null if there is none yet
 * @param payload the displayed part of its payload, or null
 * @param hidden a text that replaces a hidden payload; empty if it is shown or no longer stored
 */
public record PortalDeliveryView(
    PortalViews.Row row,
    String event,
    String endpoint,
    String url,
    Obstacles retry,
    @Nullable PortalFollowUp followUp,
    String outcomeText,
    String advice,
    List<Line> attempts,
    @Nullable PortalAttempt chosen,
    @Nullable BodyText payload,
    String hidden) {
  /** The query parameter with the number of the chosen attempt. */
  private static final String CHOSEN = "attempt";

  /**
   * Reasons not to retry a delivery, or not yet.
   *
   * @param isDelivered whether it has arrived, so that retrying it makes a duplicate
   * @param isTestFirst whether the endpoint still fails, so that a test comes before a retry
   * @param isStopped whether the endpoint is paused, disabled or rate limited, so that nothing can
   *     be sent
   * @param help what happens once that ends; empty if it is not stopped or nothing happens
   */
  public record Obstacles(
      boolean isDelivered, boolean isTestFirst, boolean isStopped, String help) {
    static Obstacles of(
        Webhooks webhooks, Delivery delivery, Endpoint endpoint, PortalVisit visit) {
      EndpointHealth health = webhooks.endpoints().health(endpoint);
      // Customers cannot resume an endpoint that the operator has stopped.
      boolean isHeld = health.isHeld() && !PortalReasons.isOurs(endpoint, health);
      boolean isLimited = PortalReasons.restsUntil(health, visit.now()).isPresent();
      String key =
          switch (delivery.state()) {
            case PENDING, HELD, WAITING -> isHeld ? "delivery.held" : "";
            case EXHAUSTED, POISONED, BLOCKED ->
                isHeld ? "delivery.held-failed" : "delivery.limited-failed";
            case DELIVERED, CANCELLED -> "";
          };
      boolean isOver = key.isEmpty() || delivery.type().equals(EventType.TEST);
      boolean isStopped = isHeld || isLimited;
      return new Obstacles(
          delivery.state() == DeliveryState.DELIVERED,
          health.isFailing() && !NewestFailure.hasArrived(webhooks, endpoint),
          isStopped,
          isStopped && !isOver ? visit.words().text(key) : "");
    }
  }

  /**
   * An attempt in the list.
   *
   * @param result the status of its response, or why there was none
   * @param isChosen whether it is shown in full
   */
  public record Line(
      int number, StatePill pill, String result, DisplayTime started, boolean isChosen) {}

  /**
   * All details of an attempt.
   *
   * @param text the outcome and what to do about it
   * @param head the request line; empty if unknown
   * @param sent the request's headers
   * @param signatures how its signatures were computed; empty if unknown
   * @param curl the request as a command; empty if not all of the payload is shown
   * @param status the status line of the response; empty if there was none
   * @param reply the beginning of the response body; empty if there was none
   * @param received the response headers; omitted for a redirect
   */
  public record PortalAttempt(
      int number,
      StatePill pill,
      DisplayTime started,
      String took,
      String text,
      String head,
      List<HeaderLine> sent,
      List<String> signatures,
      String curl,
      String status,
      BodyText reply,
      List<HeaderLine> received) {}

  /** Returns whether the top of the page reports the outcome of the chosen attempt. */
  public boolean isChosenReported() {
    return !advice.isEmpty() && attempts.get(0).isChosen();
  }

  /** Returns the query of the list of all deliveries of the event. */
  public String ofEvent() {
    return "?q=" + FormValues.encoded(event);
  }

  static PortalDeliveryView of(Webhooks webhooks, PortalVisit visit, Delivery read) {
    PortalAccess access = visit.access();
    List<Attempt> made = access.attempts(read.id());
    Attempt last = made.isEmpty() ? null : made.get(made.size() - 1);
    Delivery delivery = current(read, last, access);
    PortalSettings settings = visit.site().settings();
    TranslatedReasons reasons = new TranslatedReasons(visit.words(), visit.now());
    Endpoint endpoint = access.endpoint(delivery.endpoint());
    EndpointHealth health = webhooks.endpoints().health(endpoint);
    Optional<Event> event = access.event(delivery.id());
    boolean whole = PortalPayload.isWhole(settings, access, delivery.type());
    Attempt chosen = chosen(made, visit.query().text(CHOSEN)).orElse(last);
    boolean isDue =
        delivery.state() == DeliveryState.PENDING
            && !TranslatedReasons.next(delivery, health).isAfter(visit.now());
    String reason = isDue ? "" : reasons.unsent(delivery, endpoint, health);
    String payload = PortalPayload.of(settings, access, delivery);
    return new PortalDeliveryView(
        new PortalViews(webhooks, visit).row(delivery, endpoint, last),
        delivery.event().value(),
        endpoint.id().toString(),
        endpoint.url().text(),
        Obstacles.of(webhooks, delivery, endpoint, visit),
        PortalFollowUp.of(
            visit.query(), delivery, made, unsent(reason, health, visit), visit.words()),
        DeliveryHeadline.of(delivery, last, reasons.of(delivery, endpoint, health), reasons),
        advice(delivery, endpoint, last, visit),
        lines(made, chosen, visit),
        chosen == null
            ? null
            : attempt(
                chosen,
                endpoint,
                event.flatMap(e -> webhooks.deliveries().sent(chosen, e)),
                whole,
                visit),
        payload == null ? null : BodyText.of(payload, ""),
        PortalPayload.isHidden(settings, access, delivery) ? hidden(delivery, made, visit) : "");
  }

  /** Explains that the payload is not shown although the endpoint gets all of it. */
  private static String hidden(Delivery delivery, List<Attempt> made, PortalVisit visit) {
    Words words = visit.words();
    String product = visit.site().settings().productName();
    String text =
        product.isEmpty()
            ? words.text("delivery.hidden-here")
            : words.text("delivery.hidden", product);
    if (made.stream().anyMatch(one -> one.outcome().statusCode() > 0)) {
      return text + " " + words.text("delivery.hidden-received");
    }
    return delivery.state().isFinal() ? text : text + " " + words.text("delivery.hidden-pending");
  }

  /**
   * Returns the delivery as of its last attempt, which may have ended since the delivery was read.
   */
  private static Delivery current(Delivery read, @Nullable Attempt last, PortalAccess access) {
    boolean isOld = last != null && last.number() > read.attempts();
    return isOld ? access.delivery(read.id()) : read;
  }

  private static Optional<Attempt> chosen(List<Attempt> made, String number) {
    return made.stream().filter(one -> String.valueOf(one.number()).equals(number)).findFirst();
  }

  /** Explains why a delivery that was just retried has not been attempted yet. */
  private static String unsent(String reason, EndpointHealth health, PortalVisit visit) {
    Words words = visit.words();
    if (reason.isEmpty()) {
      return words.text("follow.sending");
    }
    if (PortalReasons.restsUntil(health, visit.now()).isPresent()) {
      return words.text("follow.limited");
    }
    // Nothing will change on this page until somebody resumes the endpoint.
    return words.text(health.isHeld() ? "follow.held" : "follow.waits", reason);
  }

  private static String advice(
      Delivery delivery, Endpoint endpoint, @Nullable Attempt last, PortalVisit visit) {
    boolean isOver = delivery.state() == DeliveryState.DELIVERED;
    return last == null || last.outcome().isSuccess() || isOver
        ? ""
        : NewestFailure.advice(last, visit.provider(endpoint), visit.words());
  }

  private static List<Line> lines(
      List<Attempt> oldestFirst, @Nullable Attempt chosen, PortalVisit visit) {
    TranslatedReasons reasons = new TranslatedReasons(visit.words(), visit.now());
    List<Line> lines = new ArrayList<>();
    for (Attempt one : oldestFirst) {
      DisplayTime started = visit.words().time(one.startedAt(), visit.now());
      String result = reasons.response(one);
      lines.add(0, new Line(one.number(), pill(one, visit), result, started, one.equals(chosen)));
    }
    return lines;
  }

  private static StatePill pill(Attempt attempt, PortalVisit visit) {
    OutcomeKind kind = attempt.outcome().kind();
    StatePill pill = StatePill.of(kind);
    String word =
        kind == OutcomeKind.HTTP_ERROR
            ? new TranslatedReasons(visit.words(), visit.now()).response(attempt)
            : visit.words().text("outcome." + TranslatedReasons.key(kind));
    return new StatePill(pill.tone(), word, pill.shape());
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
    return new PortalAttempt(
        attempt.number(),
        pill(attempt, visit),
        words.time(attempt.startedAt(), visit.now()),
        words.length(attempt.outcome().took()),
        NewestFailure.advice(attempt, visit.provider(endpoint), words),
        head.lines().findFirst().orElse(""),
        HeaderLine.parse(head.substring(Math.max(0, head.indexOf('\n')))),
        sent.map(one -> SignatureWords.of(one, endpoint, attempt, words)).orElse(List.of()),
        whole ? sent.map(RequestText::curl).orElse("") : "",
        code == 0 ? "" : "HTTP " + code,
        BodyText.of(response == null ? "" : response, ""),
        HeaderLine.parse(PortalPayload.headers(attempt)));
  }
}
