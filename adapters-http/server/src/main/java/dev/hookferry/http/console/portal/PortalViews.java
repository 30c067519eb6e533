package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.http.console.deliveries.LastAttempts;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.HeaderLine;
import dev.hookferry.http.console.text.PrettyJson;
import dev.hookferry.http.console.text.RequestText;
import dev.hookferry.http.portal.PortalPayload;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.site.PortalSettings;
import dev.hookferry.transport.SentRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The content of the portal's pages, for one request. */
public final class PortalViews {
  private static final int FEW = 20;

  private final Webhooks webhooks;
  private final PortalAccess access;
  private final PortalSettings settings;
  private final Words words;
  private final Instant now;
  private final TranslatedReasons reasons;
  private final PortalNotices notices;
  private final FormValues query;

  PortalViews(Webhooks webhooks, PortalVisit visit) {
    this.webhooks = webhooks;
    access = visit.access();
    settings = visit.site().settings();
    words = visit.words();
    query = visit.query();
    now = visit.now();
    reasons = new TranslatedReasons(words, now);
    notices = new PortalNotices(webhooks, visit);
  }

  /**
   * A delivery in a list.
   *
   * @param receiver the description of its endpoint, or the URL
   * @param attempts number of attempts
   * @param response the status of its last response, or why there was none; may be empty
   * @param reason why it has not ended, or how it ended; empty if it arrived
   */
  public record Row(
      String id,
      StatePill look,
      String type,
      String receiver,
      int attempts,
      DisplayTime created,
      String response,
      String reason) {}

  /** An endpoint in a list. */
  public record EndpointLine(String id, StatePill look, String url, String description) {}

  /**
   * The first page.
   *
   * @param figures the figures of the endpoints by id; empty if there are none
   */
  public record Home(
      PortalSummary summary,
      PortalNotices.Shown notices,
      List<EndpointLine> endpoints,
      Map<String, PortalFigures.Line> figures,
      List<Row> newest) {}

  /**
   * A list of deliveries.
   *
   * @param next the query of the next page; null on the last
   * @param filter the filters
   * @param count how many match
   * @param endpoints the endpoints that can be chosen
   * @param types the event types that can be chosen
   * @param fields the fields of the data to search by; empty for none
   * @param missed the note that older deliveries may be missing; empty if none is
   * @param problems what is wrong with the filters
   */
  public record DeliveryList(
      List<Row> rows,
      @Nullable String next,
      PortalFilter filter,
      String count,
      List<EndpointLine> endpoints,
      List<TypeLine> types,
      List<String> fields,
      String missed,
      List<Problem> problems) {}

  /**
   * An attempt.
   *
   * @param head the line of the request; empty if it is not known
   * @param sent the request's headers
   * @param signatures how its signatures were made; empty if it is not known
   * @param curl the request as a command; empty if not all of the payload is shown
   * @param status the line of the response; empty if there was none
   * @param response the beginning of its body
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
      String response) {}

  /**
   * A delivery.
   *
   * @param endpoint the endpoint's id
   * @param next when the next attempt is due; empty if none is
   * @param followUp what came of sending it again just now, or null
   * @param payload what is shown of its payload, or null
   */
  public record DeliveryDetails(
      Row row,
      String event,
      String endpoint,
      String reason,
      DisplayTime next,
      @Nullable PortalFollowUp followUp,
      List<PortalAttempt> attempts,
      @Nullable String payload) {}

  /** An event type. */
  public record TypeLine(String type, String description, String example) {}

  Home home(@Nullable PortalFigures figures) {
    return new Home(
        PortalSummary.of(access, words, now),
        notices.of(access.endpoints()),
        endpoints(),
        figures == null ? Map.of() : figures.lines(access, access.endpoints()),
        newest(deliveries()));
  }

  private List<EndpointLine> endpoints() {
    return access.endpoints().stream().map(this::line).toList();
  }

  DeliveryQuery deliveries() {
    return DeliveryQuery.ofSite(access.session().site());
  }

  List<Row> newest(DeliveryQuery query) {
    return rows(access.deliveries(query.limit(FEW)));
  }

  private List<Row> rows(Page<Delivery> page) {
    Map<EndpointId, Endpoint> mine =
        access.endpoints().stream().collect(Collectors.toMap(Endpoint::id, one -> one));
    LastAttempts last =
        LastAttempts.ofAll(access.session().site(), page.data(), webhooks.deliveries());
    return page.data().stream().map(d -> row(d, mine.get(d.endpoint()), last.of(d))).toList();
  }

  DeliveryList list(PortalFilter filter, String cursor) {
    List<Problem> problems = List.of();
    Page<Delivery> page = new Page<>(List.of(), null);
    MatchCount count = MatchCount.NONE;
    String missed = "";
    try {
      DeliveryQuery query =
          filter.deliveries(access.session().site(), now).after(cursor.isEmpty() ? null : cursor);
      page = access.deliveries(query);
      Optional<Instant> before = access.notIndexedBefore(query);
      missed = before.map(at -> words.text("deliveries.data-missed", words.exact(at))).orElse("");
      count = MatchCount.of(query, page, PageRequest.MAX_LIMIT, access::deliveries);
    } catch (InvalidException e) {
      problems = e.problems();
    }
    return new DeliveryList(
        rows(page),
        page.next() == null ? null : filter.queryFrom(page.next()),
        filter,
        words.count("deliveries.count", count.known(), count.more()),
        endpoints(),
        types(),
        access.searchFields(),
        missed,
        problems);
  }

  private StatePill pill(StatePill of, String key) {
    return new StatePill(of.tone(), words.text(key), of.shape());
  }

  private Row row(Delivery delivery, @Nullable Endpoint to, @Nullable Attempt last) {
    return new Row(
        delivery.id().toString(),
        pill(StatePill.of(delivery.state()), "state." + delivery.state().code()),
        delivery.type().name(),
        to == null ? "" : to.name(),
        delivery.attempts(),
        words.time(delivery.createdAt(), now),
        reasons.response(last),
        to == null || delivery.state() == DeliveryState.DELIVERED
            ? ""
            : reasons.of(delivery, to, webhooks.endpoints().health(to)));
  }

  DeliveryDetails details(Delivery delivery) {
    Endpoint endpoint = access.endpoint(delivery.endpoint());
    EndpointHealth health = webhooks.endpoints().health(endpoint);
    String reason = reasons.of(delivery, endpoint, health);
    Optional<Event> event = access.event(delivery.id());
    boolean whole = PortalPayload.isWhole(settings, access, delivery.type());
    List<Attempt> made = access.attempts(delivery.id());
    List<PortalAttempt> attempts = new ArrayList<>();
    made.forEach(one -> attempts.add(0, attempt(one, endpoint, event, whole)));
    boolean isDue =
        delivery.state() == DeliveryState.PENDING
            && !TranslatedReasons.next(delivery, health).isAfter(now);
    String payload = PortalPayload.of(settings, access, delivery);
    return new DeliveryDetails(
        row(delivery, endpoint, null),
        delivery.event().value(),
        endpoint.id().toString(),
        reason,
        reasons.nextAttempt(delivery, health),
        PortalFollowUp.of(query, delivery, made, isDue ? "" : reason, words),
        attempts,
        payload == null ? null : PrettyJson.of(Payload.of(payload)));
  }

  private PortalAttempt attempt(
      Attempt attempt, Endpoint endpoint, Optional<Event> event, boolean whole) {
    Optional<SentRequest> sent = event.flatMap(one -> webhooks.deliveries().sent(attempt, one));
    String head = sent.map(RequestText::head).orElse("");
    int code = attempt.outcome().statusCode();
    String response = PortalPayload.response(attempt);
    return new PortalAttempt(
        attempt.number(),
        pill(
            StatePill.of(attempt.outcome().kind()),
            "outcome." + TranslatedReasons.key(attempt.outcome().kind())),
        words.time(attempt.startedAt(), now),
        words.length(attempt.outcome().took()),
        TranslatedReasons.of(attempt, words),
        head.lines().findFirst().orElse(""),
        HeaderLine.parse(head.substring(Math.max(0, head.indexOf('\n')))),
        sent.map(one -> PortalVerify.explained(one, endpoint, words)).orElse(List.of()),
        whole ? sent.map(RequestText::curl).orElse("") : "",
        code == 0 ? "" : "HTTP " + code,
        response == null ? "" : response);
  }

  EndpointLine line(Endpoint endpoint) {
    return new EndpointLine(
        endpoint.id().toString(),
        reasons.pill(webhooks.endpoints().health(endpoint)),
        endpoint.url().text(),
        endpoint.description());
  }

  List<TypeLine> types() {
    return access.eventTypes().stream()
        .map(
            type ->
                new TypeLine(
                    type.type().name(),
                    type.description(),
                    type.example() == null ? "" : PrettyJson.of(Payload.of(type.example()))))
        .toList();
  }
}
