package dev.hookferry.http.console.portal;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.activity.Chart;
import dev.hookferry.http.console.activity.ChartSpan;
import dev.hookferry.http.console.activity.EndpointCharts;
import dev.hookferry.http.console.activity.EndpointHistory;
import dev.hookferry.http.console.activity.EndpointHistory.Part;
import dev.hookferry.http.console.activity.EndpointHistory.Slot;
import dev.hookferry.http.console.activity.FailureShare;
import dev.hookferry.http.console.deliveries.WaitingDeliveries;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.portal.PortalAccess;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What was sent to the endpoints of a customer, and what waits. */
public final class PortalFigures {
  private static final int SHOWN = 8;

  private final Activity activity;
  private final Words words;
  private final Instant now;

  PortalFigures(Activity activity, Words words, Instant now) {
    this.activity = activity;
    this.words = words;
    this.now = now;
  }

  /**
   * The figures of an endpoint in a list.
   *
   * @param failed the share of its deliveries of the last 24 hours that failed
   * @param tone the CSS class of that share; may be empty
   * @param spark its attempts in seven bars
   * @param label the same in words
   * @param attempts their number
   * @param waiting the number of waiting deliveries, with a plus sign if there may be more
   */
  public record Line(
      String failed, String tone, Chart spark, String label, String attempts, String waiting) {}

  /**
   * A figure with its chart.
   *
   * @param id names it in the page
   * @param title its name
   * @param value the figure over the whole range
   * @param label the chart in words
   */
  public record Card(String id, String title, String value, Chart chart, String label) {}

  /**
   * A part of the attempts.
   *
   * @param name the event type or response
   * @param filter the filter that lists its deliveries; empty if none does
   * @param count the number of attempts
   * @param good the length of the bar's good part, of 100
   * @param bad the length of its bad part, of 100
   */
  public record Share(String name, String filter, String count, String good, String bad) {}

  /**
   * The deliveries to an endpoint in a range.
   *
   * @param span the range
   * @param cards three charts
   * @param codes attempts by response
   * @param types attempts by event type
   */
  public record Cards(ChartSpan span, List<Card> cards, List<Share> codes, List<Share> types) {
    /** Returns the ranges that can be chosen. */
    public List<ChartSpan> spans() {
      return ChartSpan.ALL;
    }
  }

  /** Reads what was sent to these endpoints, all at once. May query the store, and so block. */
  void prepare(List<Endpoint> endpoints) {
    activity.prepare(endpoints.stream().map(Endpoint::id).toList());
  }

  /** Returns the figures of these endpoints by id; {@link #prepare} has read them. */
  Map<String, Line> lines(PortalAccess access, List<Endpoint> endpoints) {
    WaitingDeliveries waiting =
        WaitingDeliveries.of(access.session().site(), access.endpoints(), access::deliveries);
    return endpoints.stream()
        .collect(Collectors.toMap(one -> one.id().toString(), one -> line(one.id(), waiting)));
  }

  /**
   * Returns whether nothing was sent to an endpoint that {@link #prepare} has read. Figures reach
   * back 30 days, so nothing is known of what was sent to an older one before.
   */
  boolean isQuiet(Endpoint endpoint, EndpointHealth health) {
    ChartSpan longest = ChartSpan.MONTH;
    Instant known = now.minus(longest.step().multipliedBy(longest.steps()));
    if (health.state() != EndpointHealth.State.WORKING
        || health.failures() > 0
        || !endpoint.createdAt().isAfter(known)) {
      return false;
    }
    return activity.history(endpoint.id(), longest, now).attempts() == 0;
  }

  private Line line(EndpointId endpoint, WaitingDeliveries waiting) {
    EndpointHistory history = activity.history(endpoint, ChartSpan.DAY, now);
    FailureShare share = history.share();
    return new Line(
        percent(share),
        share.tone(),
        Chart.spark(history),
        sent(history, "figures.attempts"),
        words.number(history.attempts()),
        words.number(waiting.of(endpoint).waiting()) + (waiting.isCut() ? "+" : ""));
  }

  private String percent(FailureShare share) {
    return share.all() == 0 ? "–" : words.percent(share.value());
  }

  private String sent(EndpointHistory history, String key) {
    return words.text(
        key, words.number(history.sum(Slot::delivered)), words.number(history.sum(Slot::failed)));
  }

  /** Returns the figures of an endpoint over a range. May query the store, and so block. */
  Cards cards(Endpoint endpoint, String range) {
    ChartSpan span = ChartSpan.fromCode(range).orElse(ChartSpan.DAY);
    activity.prepare(List.of(endpoint.id()));
    EndpointHistory history = activity.history(endpoint.id(), span, now);
    EndpointCharts charts = EndpointCharts.of(history, List.of());
    String events = words.number(history.sum(Slot::events));
    String failed = percent(history.share());
    return new Cards(
        span,
        List.of(
            new Card("events", words.text("figures.events"), events, charts.events(), events),
            new Card(
                "deliveries",
                words.text("figures.deliveries"),
                words.number(history.share().all()),
                charts.deliveries(),
                sent(history, "figures.sent")),
            new Card("errors", words.text("figures.failed"), failed, charts.errors(), failed)),
        shares(history.codes(), this::response, part -> part.isStatus() ? "code" : ""),
        shares(
            history.types(),
            part -> part.isOther() ? words.text("outcome.other") : part.name(),
            part -> part.isOther() ? "" : "type"));
  }

  private String response(Part part) {
    if (part.isStatus()) {
      return "HTTP " + part.name();
    }
    return part.isOther()
        ? words.text("outcome.other")
        : words.text("outcome." + part.name().replace('_', '-'));
  }

  private List<Share> shares(
      List<Part> parts, Function<Part, String> name, Function<Part, String> filter) {
    int most = parts.stream().mapToInt(Part::all).max().orElse(1);
    return parts.stream()
        .limit(SHOWN)
        .map(
            part -> {
              String by = filter.apply(part);
              return new Share(
                  name.apply(part),
                  by.isEmpty() ? "" : by + "=" + part.name(),
                  words.number(part.all()),
                  length(part.all() - part.failed(), most),
                  length(part.failed(), most));
            })
        .toList();
  }

  private static String length(int part, int most) {
    return Integer.toString((int) Math.round(100.0 * part / most));
  }
}
