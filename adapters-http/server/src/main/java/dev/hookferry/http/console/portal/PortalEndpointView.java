package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.Party;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.Payload;
import dev.hookferry.http.console.portal.deliveries.NewestFailure;
import dev.hookferry.http.console.portal.deliveries.TimedText;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.console.portal.figures.CustomerBacklog;
import dev.hookferry.http.console.portal.figures.MissedDeliveries;
import dev.hookferry.http.console.portal.figures.PortalFigures;
import dev.hookferry.http.console.portal.forms.FilterConditionText;
import dev.hookferry.http.console.portal.forms.PortalEndpointWarnings;
import dev.hookferry.http.console.portal.forms.SignatureScheme;
import dev.hookferry.http.console.portal.notices.EndpointPills;
import dev.hookferry.http.console.portal.notices.PageNotices;
import dev.hookferry.http.console.portal.types.PublicTypes;
import dev.hookferry.http.console.portal.types.PublicTypes.TypeLine;
import dev.hookferry.http.console.text.HeaderLine;
import dev.hookferry.http.console.text.PrettyJson;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.policy.DeliveryPolicy;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The page of an endpoint.
 *
 * @param notices the notices about the endpoint, if it fails or is disabled
 * @param missed its deliveries that did not arrive
 * @param reason why it is in its state; empty while it works, or if a notice explains it
 * @param warnings possible mistakes in its settings
 * @param tests the event types of this endpoint whose examples can be sent
 * @param tested the result of a test that was just sent, or null
 * @param schemes code that verifies its signatures
 * @param newest its newest deliveries
 */
public record PortalEndpointView(
    PortalViews.EndpointLine line,
    PageNotices notices,
    MissedDeliveries missed,
    boolean enabled,
    Allowed allowed,
    TimedText reason,
    PortalEndpointWarnings warnings,
    Facts facts,
    List<TypeLine> tests,
    @Nullable PortalTestResult tested,
    List<SignatureScheme> schemes,
    Newest newest) {
  /** The query parameter for a host name that did not resolve. */
  static final String UNRESOLVED = "unresolved";

  private static final int NEWEST = 10;
  private static final int TESTS = 5;

  /**
   * The changes that a visitor may make to an endpoint.
   *
   * @param isManaged whether changes are not permitted because the operator manages the endpoint
   */
  public record Allowed(boolean manage, boolean remove, boolean secrets, boolean isManaged) {}

  /**
   * The newest deliveries of an endpoint.
   *
   * @param sent the deliveries without tests, which would crowd them out
   * @param tests the tests
   */
  public record Newest(List<PortalViews.Row> sent, List<PortalViews.Row> tests) {
    static Newest of(PortalViews views, Endpoint endpoint) {
      DeliveryQuery all = views.deliveries().endpoint(endpoint.id());
      return new Newest(
          views.newest(all.withoutTests(), NEWEST), views.newest(all.type(EventType.TEST), TESTS));
    }
  }

  /**
   * Settings of an endpoint.
   *
   * @param filter its filter as JSON; may be empty
   * @param conditions its filter in sentences; empty if there is none, or it needs JSON
   * @param statuses the statuses that count as success
   * @param retries how often a failed delivery is retried, and for how long
   * @param created when it was created
   * @param secret when its secret was created; empty if unknown
   * @param oldSecret when the old secret stops signing; empty if none signs
   * @param rate the rate at which held deliveries are released; empty if unlimited
   */
  public record Facts(
      String types,
      String filter,
      List<FilterConditionText> conditions,
      String statuses,
      String retries,
      List<HeaderLine> headers,
      DisplayTime created,
      DisplayTime secret,
      DisplayTime oldSecret,
      String rate) {
    static Facts of(PortalVisit visit, Endpoint endpoint, RetrySettings retry) {
      Words words = visit.words();
      String filter = endpoint.filter() == null ? "" : endpoint.filter().text();
      Instant until = endpoint.signing().oldSecretsUntil();
      Integer perSecond = endpoint.status().perSecond();
      Instant attempt =
          endpoint.signing().secrets().isEmpty()
              ? null
              : endpoint.signing().secrets().get(0).createdAt();
      return new Facts(
          endpoint.eventTypes().stream()
              .map(EventTypeFilter::pattern)
              .map(one -> one.equals("*") ? words.text("form.types-all") : one)
              .collect(Collectors.joining(", ")),
          filter.isEmpty() ? "" : PrettyJson.of(Payload.of(filter)),
          FilterConditionText.of(filter, words),
          String.join(", ", endpoint.successStatuses().entries()),
          retries(retry, visit),
          HeaderLine.parse(
              visit.access().headers(endpoint).entrySet().stream()
                  .map(header -> header.getKey() + ": " + header.getValue())
                  .collect(Collectors.joining("\n"))),
          words.time(endpoint.createdAt(), visit.now()),
          attempt == null ? DisplayTime.EMPTY : words.time(attempt, visit.now()),
          until == null || !until.isAfter(visit.now())
              ? DisplayTime.EMPTY
              : words.time(until, visit.now()),
          perSecond == null ? "" : words.text("endpoint.rate", words.number(perSecond)));
    }

    private static String retries(RetrySettings retry, PortalVisit visit) {
      Words words = visit.words();
      if (retry.maxRetries() == 0) {
        boolean may = visit.access().can(PortalCapability.RETRY);
        return words.text(may ? "endpoint.no-retries" : "endpoint.never-retried");
      }
      Duration all = Duration.ZERO;
      for (int attempt = 1; attempt <= retry.maxRetries(); attempt++) {
        all = all.plus(retry.delayAfter(attempt));
      }
      return words.count("endpoint.retried", retry.maxRetries(), false, words.length(all));
    }
  }

  /**
   * Returns the kinds of notices to show, the most important first.
   *
   * @param isSecretShown whether the new secret is shown; its notice mentions unknown host names
   * @param sendsMissed whether missed events are being sent
   * @param isFilterDoubtful whether the filter that was just saved may be a mistake
   */
  public List<String> notes(boolean isSecretShown, boolean sendsMissed, boolean isFilterDoubtful) {
    boolean isTold = hasArrivedAgain() && (notices.all().isEmpty() || notices.leadsToRetry());
    Map<String, Boolean> all = new LinkedHashMap<>();
    all.put("tested", tested != null);
    all.put("unresolved", !isSecretShown && !warnings.unresolved().isEmpty());
    all.put("filter", isFilterDoubtful);
    all.put("notices", !isTold && !leadsToResume() && !notices.all().isEmpty());
    all.put("types", !warnings.types().isEmpty());
    all.put("failed", notices.all().isEmpty() && !isTold && !missed.failed().isEmpty());
    all.put("waiting", notices.all().isEmpty() && waits());
    all.put("missed", sendsMissed);
    all.put("twin", !warnings.duplicate().isEmpty());
    return all.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
  }

  /** Returns whether a test has just arrived, so that failed deliveries can be retried. */
  public boolean hasArrivedAgain() {
    return tested != null && tested.tone().equals("good") && enabled && !missed.failed().isEmpty();
  }

  /** Returns whether a test has just arrived at a disabled endpoint, which can be resumed now. */
  public boolean leadsToResume() {
    return tested != null && !enabled && !tested.pending().text().isEmpty();
  }

  /** Returns whether a kind of notice is collapsed. Notices that require an action never are. */
  public boolean isFolded(String kind, List<String> notes) {
    boolean hasAction = kind.equals("notices") && notices.hasAction();
    return notes.indexOf(kind) > 0 && !hasAction && !List.of("failed", "waiting").contains(kind);
  }

  /** Returns whether deliveries wait for a retry, and the result of a test does not say so. */
  private boolean waits() {
    boolean isTold = tested != null && !tested.pending().text().isEmpty();
    return !isTold && !missed.waiting().isEmpty();
  }

  static PortalEndpointView of(
      Webhooks webhooks,
      PortalVisit visit,
      Endpoint endpoint,
      CustomerBacklog backlog,
      @Nullable PortalFigures figures) {
    PortalViews views = new PortalViews(webhooks, visit, figures);
    views.readNewest(List.of(endpoint));
    EndpointHealth health = webhooks.endpoints().health(endpoint);
    boolean isTested =
        TranslatedReasons.isInTrouble(health) && NewestFailure.hasArrived(webhooks, endpoint);
    PortalViews.EndpointLine line = views.lines(List.of(endpoint)).get(0);
    PageNotices notices =
        new PortalNotices(webhooks, visit, backlog, figures, views.moved()).ofOne(endpoint);
    Site owner = webhooks.sites().get(endpoint.site());
    SiteSettings site = owner.settings();
    RetrySettings retry = DeliveryPolicy.retry(owner, endpoint).value();
    return new PortalEndpointView(
        isTested ? tested(line, visit.words()) : line,
        notices,
        MissedDeliveries.of(
                endpoint, backlog, health.isHeld(), visit.query().has("resume"), visit.words())
            .with(endpoint.id(), backlog, health, visit.words(), visit.now()),
        endpoint.enabled() && health.state() != EndpointHealth.State.DISABLED,
        allowed(visit.access(), endpoint),
        reason(webhooks, visit, endpoint, backlog, notices),
        PortalEndpointWarnings.of(
            endpoint,
            site.catalog(),
            PublicTypes.lines(visit.access()).stream().map(TypeLine::type).toList(),
            visit.access().endpoints(),
            visit.query().has(UNRESOLVED)),
        Facts.of(visit, endpoint, retry),
        examples(visit, endpoint),
        tested(webhooks, visit, endpoint, backlog, health),
        SignatureScheme.of(endpoint, site, visit.words(), visit.now()),
        Newest.of(views, endpoint));
  }

  /** Returns the line of a failing endpoint at which a test has arrived since. */
  private static PortalViews.EndpointLine tested(PortalViews.EndpointLine line, Words words) {
    return new PortalViews.EndpointLine(
        line.id(), EndpointPills.tested(words), line.url(), line.description(), line.name());
  }

  private static @Nullable PortalTestResult tested(
      Webhooks webhooks,
      PortalVisit visit,
      Endpoint endpoint,
      CustomerBacklog backlog,
      EndpointHealth health) {
    boolean isBack =
        health.state() == EndpointHealth.State.DISABLED
            && NewestFailure.hasArrivedSinceStop(webhooks, endpoint);
    return PortalTestResult.of(visit, endpoint, backlog, health, isBack);
  }

  private static TimedText reason(
      Webhooks webhooks,
      PortalVisit visit,
      Endpoint endpoint,
      CustomerBacklog backlog,
      PageNotices notices) {
    EndpointHealth health = webhooks.endpoints().health(endpoint);
    if (notices.all().isEmpty() && !health.isHeld()) {
      return NewestFailure.reason(
          webhooks, endpoint, backlog, new TranslatedReasons(visit.words(), visit.now()));
    }
    return TimedText.EMPTY;
  }

  /** Returns the event types with an example that an endpoint receives. */
  private static List<TypeLine> examples(PortalVisit visit, Endpoint endpoint) {
    return PublicTypes.lines(visit.access()).stream()
        .filter(type -> !type.example().isEmpty())
        .filter(type -> endpoint.isSubscribedTo(new EventType(type.type())))
        .toList();
  }

  private static Allowed allowed(PortalAccess access, Endpoint endpoint) {
    return new Allowed(
        access.can(PortalCapability.MANAGE, endpoint),
        access.can(PortalCapability.REMOVE, endpoint),
        access.can(PortalCapability.SECRETS, endpoint),
        endpoint.ownership().managedBy() == Party.OPERATOR);
  }
}
