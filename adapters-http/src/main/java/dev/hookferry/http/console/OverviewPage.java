package dev.hookferry.http.console;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.port.AttemptQuery;
import dev.hookferry.port.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Is everything being delivered? */
final class OverviewPage {
  private static final PageRequest MOST = new PageRequest(PageRequest.MAX_LIMIT, null);
  private static final PageRequest TAIL = new PageRequest(12, null);
  private static final int MOST_ENDPOINTS = 25;

  private final Webhooks webhooks;
  private final Frames frames;
  private final Activity activity;

  OverviewPage(Webhooks webhooks, Frames frames, Activity activity) {
    this.webhooks = webhooks;
    this.frames = frames;
    this.activity = activity;
  }

  /**
   * What is shown.
   *
   * @param figures each with its words
   * @param attempts delivered and failed over time
   * @param latency over time
   * @param median the line of the medians
   * @param slow the line of the 95th of a hundred
   * @param endpoints the worst first
   * @param others how many endpoints are not shown
   * @param tail the newest attempts
   * @param enabled QLM's switch of the site
   */
  record View(
      Span span,
      List<Figure> figures,
      Chart attempts,
      Chart latency,
      String median,
      String slow,
      List<EndpointRow> endpoints,
      int others,
      List<AttemptRow> tail,
      boolean enabled) {}

  /**
   * One number with what it counts.
   *
   * @param path where there is more of it, below the site, or empty
   */
  record Figure(String value, String words, String path) {}

  ConsoleReply show(Visit visit) {
    SiteId site = visit.site();
    Span span = Span.ofWord(visit.query().text("span")).orElse(Span.HOUR);
    List<Series.Bucket> buckets = activity.of(site, span, visit.now());
    EndpointBoard board = EndpointBoard.of(webhooks, activity, visit);
    List<EndpointRow> endpoints = endpoints(site, board);
    Duration top = top(buckets);
    View view =
        new View(
            span,
            figures(buckets, span, board.waiting(), visit),
            Chart.attempts(buckets, span),
            Chart.latency(buckets, span, top),
            Chart.line(buckets, Series.Bucket::median, top),
            Chart.line(buckets, Series.Bucket::slow, top),
            endpoints.stream().limit(MOST_ENDPOINTS).toList(),
            Math.max(0, endpoints.size() - MOST_ENDPOINTS),
            tail(visit),
            board.sends());
    Frame frame = frames.of(visit, Nav.OVERVIEW, "Overview");
    return Html.page((out, i) -> JteOverviewGenerated.render(out, i, frame, view));
  }

  private List<EndpointRow> endpoints(SiteId site, EndpointBoard board) {
    return webhooks.endpoints().list(site, MOST).data().stream()
        .map(board::row)
        .sorted(EndpointRow.WORST_FIRST)
        .toList();
  }

  private List<AttemptRow> tail(Visit visit) {
    return webhooks.deliveries().attempts(AttemptQuery.all(visit.site()).at(TAIL)).data().stream()
        .map(attempt -> AttemptRow.of(attempt, visit.now()))
        .toList();
  }

  private static List<Figure> figures(
      List<Series.Bucket> buckets, Span span, Waiting waiting, Visit visit) {
    int delivered = buckets.stream().mapToInt(Series.Bucket::delivered).sum();
    int failed = buckets.stream().mapToInt(Series.Bucket::failed).sum();
    int all = delivered + failed;
    String share =
        all == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100.0 * failed / (double) all);
    return List.of(
        new Figure(
            grouped(delivered),
            "delivered in the last " + span.length() + rate(delivered, span),
            "/deliveries?status=delivered"),
        new Figure(share, "of all attempts failed", "/deliveries?status=exhausted"),
        new Figure(waiting.count(), "in the retry queue", "/retry-queue"),
        new Figure(waiting.oldest(visit.now()).text(), "the oldest of them came", ""));
  }

  /** What is less than one in ten seconds says nothing. */
  private static String rate(int count, Span span) {
    double perSecond = count / (double) span.step().multipliedBy(span.steps()).toSeconds();
    return perSecond < 0.1 ? "" : String.format(Locale.ROOT, ", %.1f a second", perSecond);
  }

  private static String grouped(int number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  /** What the slowest span needs, rounded up to what can be read at a glance. */
  private static Duration top(List<Series.Bucket> buckets) {
    Duration most =
        buckets.stream()
            .filter(bucket -> bucket.total() > 0)
            .flatMap(bucket -> Stream.ofNullable(bucket.slow()))
            .max(Duration::compareTo)
            .orElse(Duration.ofMillis(10));
    return Stream.of(10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
        .map(Duration::ofMillis)
        .filter(step -> step.compareTo(most) >= 0)
        .findFirst()
        .orElse(Duration.ofSeconds(30));
  }
}
