package dev.hookferry.http.console.endpoints;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.activity.ChartSpan;
import dev.hookferry.http.console.activity.EndpointCharts;
import dev.hookferry.http.console.activity.EndpointCharts.Mark;
import dev.hookferry.http.console.activity.EndpointHistory;
import dev.hookferry.http.console.activity.EndpointHistory.Part;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.navigation.LastChange;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Deliveries to an endpoint in a range, as four cards.
 *
 * @param span the range
 * @param history the figures
 * @param charts two of the cards
 * @param endpoint the endpoint's id
 * @param list the query of its deliveries in this range
 */
public record EndpointCards(
    ChartSpan span,
    Map<ChartSpan, String> spans,
    EndpointHistory history,
    EndpointCharts charts,
    String endpoint,
    String list) {
  /** Explains which deliveries are counted. */
  public static final String FIRST_ATTEMPTED =
      "Those whose first attempt was in this range, and earlier ones delivered in it. Retries that"
          + " fail again are not counted.";

  private static final PageRequest MAX = PageRequest.of(50);
  private static final Set<AuditAction> MARKED =
      Set.of(AuditAction.ENDPOINT_CREATED, AuditAction.ENDPOINT_CHANGED);
  private static final int SHOWN = 8;
  private static final double WIDTH = 100;

  static EndpointCards of(Endpoint endpoint, EndpointTable table, Visit visit) {
    EndpointHistory history = table.history(endpoint);
    EndpointCharts charts = EndpointCharts.of(history, marks(endpoint, history, visit));
    String list = "?endpoint=" + endpoint.id() + "&range=" + table.span().code();
    return new EndpointCards(
        table.span(),
        EndpointsPage.spans(visit.query()),
        history,
        charts,
        endpoint.id().toString(),
        list);
  }

  /** Returns the changes to the endpoint in the range; none if the key may not read them. */
  private static List<Mark> marks(Endpoint endpoint, EndpointHistory history, Visit visit) {
    if (!LastChange.mayRead(visit)) {
      return List.of();
    }
    AuditQuery query =
        AuditQuery.ALL
            .site(visit.site())
            .target(endpoint.id().toString())
            .actions(MARKED)
            .at(TimeWindow.ALL.since(history.slots().get(0).from()))
            .page(MAX);
    return visit.webhooks().audit().list(query).data().stream()
        .map(
            entry ->
                new Mark(
                    entry.at(),
                    (entry.action() == AuditAction.ENDPOINT_CREATED ? "created by " : "changed by ")
                        + entry.actor().name()))
        .toList();
  }

  /** Returns the share of attempts that failed, such as {@code 2.5%}. */
  public String errorRate() {
    return history.errors().percent();
  }

  /** Returns the most frequent responses. */
  public List<Part> codes() {
    return history.codes().stream().limit(SHOWN).toList();
  }

  /** Returns the most frequent event types. */
  public List<Part> types() {
    return history.types().stream().limit(SHOWN).toList();
  }

  /** Returns the length of a part's bar, out of 100. */
  public String good(Part part) {
    return length(part, part.all() - part.failed());
  }

  /** Returns the length of the failed share of a part's bar, out of 100. */
  public String bad(Part part) {
    return length(part, part.failed());
  }

  private String length(Part part, int count) {
    List<Part> all = history.codes().contains(part) ? history.codes() : history.types();
    return String.format(Locale.ROOT, "%.1f", WIDTH * count / all.get(0).all());
  }

  /** Returns whether the endpoint was changed in the range. */
  public boolean hasMarks() {
    return charts.deliveries().bars().stream().anyMatch(bar -> !bar.mark().isEmpty());
  }
}
