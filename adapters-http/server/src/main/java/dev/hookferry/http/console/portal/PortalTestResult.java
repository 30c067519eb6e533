package dev.hookferry.http.console.portal;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.portal.deliveries.NewestFailure;
import dev.hookferry.http.console.portal.deliveries.ShortName;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.console.portal.figures.CustomerBacklog;
import dev.hookferry.http.console.portal.notices.PendingDeliveries;
import dev.hookferry.http.console.text.BodyText;
import dev.hookferry.http.portal.PortalPayload;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a test that the visitor has just sent. The page's URL contains the delivery's id.
 *
 * @param tone CSS class: good or bad
 * @param text whether it arrived, and the response
 * @param advice what to do about a failure; empty if the test arrived
 * @param response the beginning of the response; may be empty
 * @param hasUrlProblem whether the URL is probably the reason why it did not arrive
 * @param type the event type whose example was sent; empty for a test event
 * @param delivery the id of its delivery, whose page has the request
 * @param pending the pending deliveries of its endpoint, if it arrived
 */
public record PortalTestResult(
    String tone,
    String text,
    String advice,
    BodyText response,
    boolean hasUrlProblem,
    String type,
    String delivery,
    PendingDeliveries pending) {
  /** The query parameter with the delivery's id. */
  static final String FIELD = "tested";

  /** The query parameter with the number of endpoints to which nothing was sent. */
  static final String UNSENT = "unsent";

  private static final int MAX = 10;

  /**
   * The result at one of several endpoints.
   *
   * @param endpoint the endpoint's id
   * @param name the endpoint's name
   */
  public record AtEndpoint(String endpoint, String name, PortalTestResult result) {}

  /** Returns the results of a type's example that the page of the type shows. */
  static List<AtEndpoint> ofAll(PortalVisit visit, EventType type) {
    List<AtEndpoint> results = new ArrayList<>();
    for (String id : visit.query().texts(FIELD).stream().limit(MAX).toList()) {
      try {
        Delivery delivery = visit.access().delivery(DeliveryId.parse(id));
        List<Attempt> attempts = visit.access().attempts(delivery.id());
        if (delivery.type().equals(type) && !attempts.isEmpty()) {
          Endpoint endpoint = visit.access().endpoint(delivery.endpoint());
          Attempt last = attempts.get(attempts.size() - 1);
          PortalTestResult result = of(last, endpoint, visit, PendingDeliveries.NONE);
          results.add(new AtEndpoint(endpoint.id().toString(), ShortName.of(endpoint), result));
        }
      } catch (InvalidException | NotFoundException e) {
        // The query refers to something else.
      }
    }
    return results;
  }

  /**
   * Returns the result that a page shows; null if it shows none.
   *
   * @param backlog the backlog of this endpoint only
   * @param isBack whether its newest attempt arrived after it was disabled
   */
  static @Nullable PortalTestResult of(
      PortalVisit visit,
      Endpoint endpoint,
      CustomerBacklog backlog,
      EndpointHealth health,
      boolean isBack) {
    String id = visit.query().text(FIELD);
    if (id.isEmpty()) {
      return null;
    }
    try {
      Delivery delivery = visit.access().delivery(DeliveryId.parse(id));
      List<Attempt> attempts = visit.access().attempts(delivery.id());
      if (attempts.isEmpty() || !delivery.endpoint().equals(endpoint.id())) {
        return null;
      }
      Attempt last = attempts.get(attempts.size() - 1);
      PendingDeliveries pending =
          last.outcome().isSuccess()
              ? pending(visit, endpoint, backlog, health, isBack)
              : PendingDeliveries.NONE;
      return of(last, endpoint, visit, pending);
    } catch (InvalidException | NotFoundException e) {
      return null;
    }
  }

  private static PendingDeliveries pending(
      PortalVisit visit,
      Endpoint endpoint,
      CustomerBacklog backlog,
      EndpointHealth health,
      boolean isBack) {
    boolean isDisabled = health.state() == EndpointHealth.State.DISABLED;
    return isDisabled && isBack && visit.access().can(PortalCapability.MANAGE, endpoint)
        ? PendingDeliveries.ofDisabled(endpoint, backlog, visit.words())
        : PendingDeliveries.of(endpoint.id(), backlog, health, visit.words(), visit.now());
  }

  private static PortalTestResult of(
      Attempt attempt, Endpoint endpoint, PortalVisit visit, PendingDeliveries pending) {
    Words words = visit.words();
    int code = attempt.outcome().statusCode();
    String took = words.length(attempt.outcome().took());
    boolean isGood = attempt.outcome().isSuccess();
    boolean isTest = attempt.type().equals(EventType.TEST);
    String response = PortalPayload.response(attempt);
    return new PortalTestResult(
        isGood ? "good" : "bad",
        isTest ? test(isGood, code, took, words) : example(isGood, code, took, words),
        isGood ? "" : NewestFailure.advice(attempt, visit.provider(endpoint), words),
        BodyText.of(response == null ? "" : response, ""),
        !isGood && TranslatedReasons.hasUrlProblem(attempt),
        isTest ? "" : attempt.type().name(),
        attempt.delivery().toString(),
        pending);
  }

  private static String test(boolean isGood, int code, String took, Words words) {
    return code == 0
        ? words.text("test.failed")
        : words.text(isGood ? "test.arrived" : "test.refused", code, took);
  }

  private static String example(boolean isGood, int code, String took, Words words) {
    return code == 0
        ? words.text("test.example-failed")
        : words.text(isGood ? "test.example-arrived" : "test.example-refused", code, took);
  }
}
