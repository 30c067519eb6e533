package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.list.FilterChip;
import dev.hookferry.http.console.list.LastAttempts;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.console.portal.deliveries.BackLink;
import dev.hookferry.http.console.portal.deliveries.CaseSuggestion;
import dev.hookferry.http.console.portal.deliveries.DeliveryHeadline;
import dev.hookferry.http.console.portal.deliveries.PortalFilter;
import dev.hookferry.http.console.portal.deliveries.RetryCounts;
import dev.hookferry.http.console.portal.deliveries.SearchFieldValues;
import dev.hookferry.http.console.portal.deliveries.SearchGap;
import dev.hookferry.http.console.portal.deliveries.ShortName;
import dev.hookferry.http.console.portal.deliveries.TimedText;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.console.portal.figures.CustomerBacklog;
import dev.hookferry.http.console.portal.figures.MissedCounts;
import dev.hookferry.http.console.portal.figures.PortalFigures;
import dev.hookferry.http.console.portal.forms.FormProblems;
import dev.hookferry.http.console.portal.notices.EndpointPills;
import dev.hookferry.http.console.portal.notices.MovedEndpoints;
import dev.hookferry.http.console.portal.notices.PageNotices;
import dev.hookferry.http.console.portal.types.PublicTypes;
import dev.hookferry.http.console.portal.types.PublicTypes.TypeLine;
import dev.hookferry.http.console.portal.types.TypeGroup;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.refusal.InvalidException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The content of the portal's pages, for one request. */
public final class PortalViews {
  private static final int FEWEST = 5;

  private final Webhooks webhooks;
  private final PortalVisit visit;
  private final Map<EndpointId, EndpointHealth> healths = new HashMap<>();
  private EndpointPills pills = EndpointPills.NONE;
  private final PortalAccess access;
  private final Words words;
  private final TranslatedReasons reasons;
  private final SearchFieldValues data;
  private final @Nullable PortalFigures figures;

  PortalViews(Webhooks webhooks, PortalVisit visit) {
    this(webhooks, visit, null);
  }

  /**
   * Creates the content.
   *
   * @param figures figures of endpoints; null if there are none
   */
  PortalViews(Webhooks webhooks, PortalVisit visit, @Nullable PortalFigures figures) {
    this.figures = figures;
    this.webhooks = webhooks;
    this.visit = visit;
    access = visit.access();
    words = visit.words();
    reasons = new TranslatedReasons(words, visit.now());
    data = new SearchFieldValues(webhooks, access);
  }

  /**
   * A delivery in a list.
   *
   * @param data the value of a search field of the event; empty if none is shown
   * @param receiver the description of its endpoint, or the URL
   * @param response the status of its last response, or why there was none; may be empty
   * @param took the response time; empty if there is no response or the delivery has not ended
   * @param reason why it has not ended, or how it ended; empty if state and response already show
   *     it
   * @param next when the next attempt is made; empty if none is planned or the time is unknown
   */
  public record Row(
      String id,
      StatePill pill,
      String type,
      boolean isTest,
      String data,
      String receiver,
      int attempts,
      DisplayTime created,
      String response,
      String took,
      String reason,
      DisplayTime next) {}

  /**
   * An endpoint in a list.
   *
   * @param name its description, or its URL if there is none, shortened
   */
  public record EndpointLine(
      String id, StatePill pill, String url, String description, String name) {
    static EndpointLine of(String id, StatePill pill, String url, String description) {
      String name = ShortName.of(description.isEmpty() ? url : description);
      return new EndpointLine(id, pill, url, description, name);
    }
  }

  /**
   * The first page.
   *
   * @param notices the notices, if only one endpoint has problems
   * @param backlogs the failed and unfinished deliveries, by endpoint
   * @param figures the figures of the endpoints by id; empty if there are none
   */
  public record Home(
      PortalSummary summary,
      PageNotices notices,
      HomeProblems problems,
      List<EndpointLine> endpoints,
      Map<String, MissedCounts> backlogs,
      Map<String, PortalFigures.Line> figures,
      List<Row> newest) {}

  /**
   * A list of deliveries.
   *
   * @param found the matching deliveries; none if there are problems
   * @param filter the filters
   * @param endpoints the endpoints to choose from
   * @param types the event types to choose from
   * @param fields the fields of the data to search by; empty for none
   * @param chips the filters that are set
   * @param problems the errors in the filters
   */
  public record DeliveryList(
      MatchingDeliveries found,
      PortalFilter filter,
      List<EndpointLine> endpoints,
      List<TypeLine> types,
      List<String> fields,
      List<FilterChip> chips,
      FormProblems problems) {
    /** Returns the types, grouped by prefix. */
    public List<TypeGroup> typeGroups() {
      return TypeGroup.of(types);
    }

    /** Returns whether an unlisted type or pattern is chosen. */
    public boolean isOtherType() {
      String chosen = filter.text("type");
      return !chosen.isEmpty()
          && types.stream().noneMatch(line -> line.type().equals(chosen))
          && typeGroups().stream().noneMatch(group -> group.pattern().equals(chosen));
    }
  }

  Home home() {
    List<Endpoint> unsorted = access.endpoints();
    CustomerBacklog backlog = new CustomerBacklog(deliveries(), unsorted, access::deliveries);
    readNewest(unsorted);
    List<Endpoint> mine = HomeProblems.worstFirst(unsorted, backlog, this::health, pills.tests());
    Map<String, PortalFigures.Line> sent = new HashMap<>();
    Map<String, MissedCounts> backlogs = new HashMap<>();
    for (Endpoint one : mine) {
      backlogs.put(one.id().toString(), MissedCounts.of(one, health(one), backlog, words));
      if (figures != null) {
        sent.put(one.id().toString(), figures.line(one, backlog));
      }
    }
    PortalNotices all = new PortalNotices(webhooks, visit, backlog, figures, pills.moved());
    HomeProblems problems = HomeProblems.of(webhooks, visit, backlog, all, mine);
    problems.add(pills.tests(), reasons);
    PageNotices notices = problems.text().isEmpty() ? all.of(mine) : PageNotices.NONE;
    return new Home(
        PortalSummary.of(
            webhooks,
            visit,
            backlog,
            problems.text().isEmpty() ? notices : null,
            sent.values().stream().mapToInt(PortalFigures.Line::delivered).sum()),
        notices,
        problems,
        lines(mine),
        backlogs,
        sent,
        newest(deliveries(), FEWEST));
  }

  /** Returns the lines of some endpoints, whose figures are read together. */
  List<EndpointLine> lines(List<Endpoint> endpoints) {
    if (figures != null) {
      figures.prepare(endpoints);
    }
    return endpoints.stream().map(this::line).toList();
  }

  /** Reads the last deliveries to endpoints, which their states depend on. */
  void readNewest(List<Endpoint> endpoints) {
    pills = EndpointPills.of(webhooks, endpoints, figures);
  }

  DeliveryQuery deliveries() {
    return DeliveryQuery.ofSite(access.session().site());
  }

  List<Row> newest(DeliveryQuery query, int max) {
    return rows(access.deliveries(query.limit(max)).data());
  }

  List<Row> rows(List<Delivery> deliveries) {
    Map<EndpointId, Endpoint> mine =
        access.endpoints().stream().collect(Collectors.toMap(Endpoint::id, one -> one));
    LastAttempts last =
        LastAttempts.ofAll(access.session().site(), deliveries, webhooks.deliveries());
    return deliveries.stream().map(d -> row(d, mine.get(d.endpoint()), last.of(d))).toList();
  }

  DeliveryList list(PortalFilter filter, String cursor) {
    DeliveryQuery query;
    try {
      query = filter.deliveries(access, visit.now()).after(cursor.isEmpty() ? null : cursor);
    } catch (InvalidException e) {
      return list(
          filter, MatchingDeliveries.NOTHING, FormProblems.of(e.problems(), words, Map.of()));
    }
    Page<Delivery> page = access.deliveries(query);
    MatchCount count = filter.count(query, page, access);
    RetryCounts.Offer retry = RetryCounts.Offer.of(filter, query, page, count, access);
    String missed = words.text("deliveries.data-missed", TimedText.TIME);
    MatchingDeliveries found =
        new MatchingDeliveries(
            rows(page.data()),
            page.next() == null ? null : filter.queryFrom(page.next()),
            BackLink.to(cursor.isEmpty() ? filter.query() : filter.queryFrom(cursor)),
            filter.countText(count, retry.count(), words),
            retry,
            SearchGap.before(webhooks, access, query, page.data())
                .map(time -> TimedText.of(missed, words.time(time, visit.now())))
                .orElse(TimedText.EMPTY),
            page.data().isEmpty() ? CaseSuggestion.of(filter, access, visit.now()) : null);
    return list(filter, found, FormProblems.NONE);
  }

  private DeliveryList list(PortalFilter filter, MatchingDeliveries found, FormProblems problems) {
    return new DeliveryList(
        found,
        filter,
        lines(access.endpoints()),
        PublicTypes.lines(access),
        access.searchFields(),
        filter.chips(access, words),
        problems);
  }

  Row row(Delivery delivery, @Nullable Endpoint to, @Nullable Attempt last) {
    String response = reasons.response(last);
    boolean isTold = delivery.state() == DeliveryState.EXHAUSTED && !response.isEmpty();
    return new Row(
        delivery.id().toString(),
        reasons.pill(delivery.state(), delivery.type()),
        delivery.type().name(),
        delivery.type().equals(EventType.TEST),
        data.of(delivery),
        to == null ? "" : to.name(),
        delivery.attempts(),
        words.time(delivery.createdAt(), visit.now()),
        response,
        DeliveryHeadline.took(delivery, last, words),
        to == null || isTold ? "" : reasons.of(delivery, to, health(to)),
        to == null ? DisplayTime.EMPTY : reasons.nextAttempt(delivery, health(to)));
  }

  private EndpointHealth health(Endpoint endpoint) {
    return healths.computeIfAbsent(endpoint.id(), unused -> webhooks.endpoints().health(endpoint));
  }

  /** Returns those of the endpoints read so far whose new URL is not known to work. */
  MovedEndpoints moved() {
    return pills.moved();
  }

  private EndpointLine line(Endpoint endpoint) {
    return EndpointLine.of(
        endpoint.id().toString(),
        pills.of(endpoint, health(endpoint), reasons),
        endpoint.url().text(),
        endpoint.description());
  }
}
