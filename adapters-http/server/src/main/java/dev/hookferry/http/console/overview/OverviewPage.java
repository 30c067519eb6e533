package dev.hookferry.http.console.overview;

import dev.hookferry.Webhooks;
import dev.hookferry.access.Scope;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.activity.Chart;
import dev.hookferry.http.console.activity.ChartSpan;
import dev.hookferry.http.console.activity.FailureShare;
import dev.hookferry.http.console.activity.LatencyScale;
import dev.hookferry.http.console.activity.OwnFaults;
import dev.hookferry.http.console.activity.TimeSeries;
import dev.hookferry.http.console.deliveries.WaitingDeliveries;
import dev.hookferry.http.console.endpoints.EndpointOrder;
import dev.hookferry.http.console.endpoints.EndpointRow;
import dev.hookferry.http.console.endpoints.EndpointTable;
import dev.hookferry.http.console.endpoints.EndpointsPage;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.outbox.OutboxNotice;
import dev.hookferry.http.console.problems.GivenUpCounts;
import dev.hookferry.http.console.problems.ProblemCard;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The first page of a site, which shows whether everything is being delivered. */
public final class OverviewPage {
  private static final PageRequest TAIL = PageRequest.of(50);
  private static final int MAX_ROWS = 12;
  private static final int MAX_ENDPOINTS = 10;

  /** Beyond this number of endpoints, the failure rate is counted for the site as a whole. */
  private static final int MANY = 1_000;

  private final Webhooks webhooks;
  private final FrameRenderer frames;
  private final Activity activity;
  private final OutboxNotice outboxes;

  public OverviewPage(Webhooks webhooks, FrameRenderer frames, Activity activity) {
    this.webhooks = webhooks;
    this.frames = frames;
    this.activity = activity;
    outboxes = new OutboxNotice(webhooks);
  }

  /**
   * Content of the page.
   *
   * @param now the time of the request
   * @param headline whether everything is being delivered
   * @param fault a failure of this server, or empty
   * @param outboxes a notice about outboxes that need a decision, or null; for admins only
   * @param problems the endpoints that need attention
   * @param figures key figures
   * @param spans the ranges to choose from, with the query of each
   * @param steps the first steps, or null if events have been sent
   * @param tail the newest attempts, with consecutive equal failures merged into one
   */
  public record View(
      Instant now,
      ChartSpan span,
      Map<ChartSpan, String> spans,
      Headline headline,
      String fault,
      OutboxNotice.@Nullable Notice outboxes,
      UrgentProblems problems,
      List<Figure> figures,
      @Nullable FirstSteps steps,
      Trend trend,
      Board board,
      List<AttemptRow> tail) {}

  /**
   * The attempts of a range, over time.
   *
   * @param attempts delivered and failed attempts
   * @param latency response times
   * @param median path of the medians
   * @param slow path of the 95th percentiles
   * @param peak the highest 95th percentile if it is off the scale; otherwise empty
   * @param delivered number of delivered attempts, as text
   * @param failed number of failed attempts, as text
   */
  public record Trend(
      Chart attempts,
      Chart latency,
      String median,
      String slow,
      String peak,
      String delivered,
      String failed) {
    static Trend of(List<TimeSeries.Bucket> buckets, ChartSpan span) {
      LatencyScale scale = LatencyScale.of(buckets);
      return new Trend(
          Chart.attempts(buckets, span),
          Chart.latency(buckets, span, scale.top()),
          Chart.line(buckets, TimeSeries.Bucket::median, scale.top()),
          Chart.line(buckets, TimeSeries.Bucket::slow, scale.top()),
          scale.peak(),
          sum(buckets, TimeSeries.Bucket::delivered),
          sum(buckets, TimeSeries.Bucket::failed));
    }

    private static String sum(
        List<TimeSeries.Bucket> buckets, ToIntFunction<TimeSeries.Bucket> count) {
      return NumberText.of(buckets.stream().mapToInt(count).sum());
    }
  }

  /**
   * The endpoints.
   *
   * @param rows the endpoints, those that need attention first unless the URL sets another order
   * @param givenUp the deliveries that were given up
   * @param others number of endpoints not shown
   * @param isUsual whether those that need attention are first
   */
  public record Board(
      List<EndpointRow> rows,
      List<EndpointOrder.Head> heads,
      GivenUpCounts givenUp,
      int others,
      boolean isUsual) {
    /** Returns the number of all endpoints. */
    public int all() {
      return rows.size() + others;
    }

    /** Returns which endpoints are shown. */
    public String part() {
      String part = rows.size() + " of " + NumberText.of(all());
      return isUsual ? part + ", those that need attention first" : part;
    }
  }

  /**
   * A key figure with its label.
   *
   * @param note additional text beside the figure, or empty
   * @param words its label
   * @param meaning an explanation of the figure; empty if the label is self-explanatory
   * @param path the page with details, relative to the site, or empty
   */
  public record Figure(String value, String note, String words, String meaning, String path) {}

  public ConsoleReply show(Visit visit) {
    SiteId site = visit.site();
    ChartSpan span = ChartSpan.fromCode(visit.query().text("span")).orElse(ChartSpan.HOUR);
    List<TimeSeries.Bucket> buckets = activity.of(site, span, visit.now());
    EndpointTable table = EndpointTable.of(webhooks, activity, visit).over(span);
    List<Endpoint> endpoints = new EndpointList(webhooks, site).all();
    List<AttemptRow> tail = latestAttempts(visit, endpoints);
    HeadlineFacts facts = HeadlineFacts.of(endpoints, table);
    GivenUpCounts givenUp = GivenUpCounts.of(webhooks, visit, span);
    UrgentProblems problems =
        UrgentProblems.of(ProblemCard.all(webhooks, visit), facts.notWorking(), visit.now());
    View view =
        new View(
            visit.now(),
            span,
            EndpointsPage.spans(visit.query()),
            Headline.of(webhooks, visit, givenUp, facts.troubled(problems.countOthers())),
            fault(visit),
            visit.key().permits(Scope.ADMIN, null) ? outboxes.at(visit.now()) : null,
            problems,
            figures(buckets, endpoints, table, visit),
            FirstSteps.of(
                endpoints, tail, activity.of(site, ChartSpan.MONTH, visit.now()), table.waiting()),
            Trend.of(buckets, span),
            board(endpoints, table, givenUp, visit),
            AttemptRow.grouped(tail).stream().limit(MAX_ROWS).toList());
    Frame frame = frames.of(visit, Nav.OVERVIEW, "Overview");
    return TemplateRenderer.page((out, i) -> JteOverviewGenerated.render(out, i, frame, view));
  }

  private static Board board(
      List<Endpoint> endpoints, EndpointTable table, GivenUpCounts givenUp, Visit visit) {
    EndpointOrder order = EndpointOrder.of(visit.query(), EndpointOrder.Column.STATE);
    return new Board(
        table.rows(order.sorted(endpoints, table).stream().limit(MAX_ENDPOINTS).toList()),
        order.heads(visit.query()),
        givenUp,
        Math.max(0, endpoints.size() - MAX_ENDPOINTS),
        order.equals(new EndpointOrder(EndpointOrder.Column.STATE, false)));
  }

  /**
   * Returns the latest failure. Its text may name hosts of other sites, so keys limited to one site
   * see less.
   */
  private String fault(Visit visit) {
    OwnFaults.Recent recent = activity.faults().recent(visit.now());
    if (!recent.isAny()) {
      return "";
    }
    String count = recent.counted() + " in the last 5 minutes";
    return visit.key().site() == null ? count + ", the last: " + recent.what() : count;
  }

  private List<AttemptRow> latestAttempts(Visit visit, List<Endpoint> endpoints) {
    Map<EndpointId, String> names =
        endpoints.stream().collect(Collectors.toMap(Endpoint::id, Endpoint::description));
    return webhooks
        .deliveries()
        .attempts(AttemptQuery.ofSite(visit.site()).page(TAIL))
        .data()
        .stream()
        .map(
            attempt ->
                AttemptRow.of(attempt, names.getOrDefault(attempt.endpoint(), ""), visit.now()))
        .toList();
  }

  private static List<Figure> figures(
      List<TimeSeries.Bucket> buckets, List<Endpoint> endpoints, EndpointTable table, Visit visit) {
    ChartSpan span = table.span();
    WaitingDeliveries waiting = table.waiting();
    int delivered = buckets.stream().mapToInt(TimeSeries.Bucket::delivered).sum();
    FailureShare share =
        endpoints.size() > MANY ? FailureShare.of(buckets) : table.share(endpoints);
    String range = " in the last " + span.length();
    return List.of(
        new Figure(
            NumberText.of(delivered),
            rate(delivered, span),
            "delivered" + range,
            "",
            "/deliveries?status=delivered&range=" + span.code()),
        new Figure(
            share.percent(),
            share.counts(),
            "deliveries given up or being retried",
            "Of the deliveries first attempted or delivered" + range,
            ""),
        new Figure(waiting.count(), "", "deliveries waiting", most(waiting), "/retry-queue"),
        new Figure(waiting.age(visit.now()), "", "oldest waiting", "", ""));
  }

  private static String most(WaitingDeliveries waiting) {
    return "At all endpoints" + (waiting.isCut() ? "; counting stops here" : "");
  }

  /** Returns the rate as text; empty below 0.1 per second. */
  private static String rate(int count, ChartSpan span) {
    double perSecond = count / (double) span.step().multipliedBy(span.steps()).toSeconds();
    return perSecond < 0.1 ? "" : String.format(Locale.ROOT, "%.1f per second", perSecond);
  }
}
