package dev.hookferry.http.console.portal.figures;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.activity.ChartSpan;
import dev.hookferry.http.console.activity.EndpointHistory;
import dev.hookferry.http.console.activity.EndpointHistory.Part;
import dev.hookferry.http.console.portal.figures.OutcomeTimeline.Outcomes;
import dev.hookferry.http.words.Words;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Undelivered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Figures for the endpoints of a customer: deliveries by their current outcome, and their attempts.
 */
public final class PortalFigures {
  private static final int SHOWN = 8;
  private static final int SPARK = 24;
  private static final int CHART = 120;

  /** Number of hours per sparkline bar. */
  private static final int HOURS = 3;

  private final Activity activity;
  private final Words words;
  private final Instant now;

  /** Creates the figures for a visitor. */
  public PortalFigures(Activity activity, Words words, Instant now) {
    this.activity = activity;
    this.words = words;
    this.now = now;
  }

  /**
   * The figures of an endpoint in a list.
   *
   * @param spark its deliveries from the last 24 hours
   * @param label the text alternative
   * @param deliveries the number of deliveries, with a plus sign if there may be more
   * @param delivered how many of them arrived
   */
  public record Line(OutcomeChart spark, String label, String deliveries, int delivered) {}

  /**
   * The number of deliveries with one outcome.
   *
   * @param look the CSS class of its colour
   * @param text the number and the outcome
   */
  public record Legend(String look, String text) {}

  /**
   * A part of the attempts.
   *
   * @param name the event type or response
   * @param filter the filter that lists its deliveries; empty if there is none
   * @param count the number of attempts
   * @param good the length of the bar's good part, out of 100
   * @param bad the length of the bar's bad part, out of 100
   */
  public record Share(String name, String filter, String count, String good, String bad) {}

  /**
   * Figures for an endpoint in a range of time.
   *
   * @param span the range
   * @param deliveries the number of deliveries, with a plus sign if there may be more
   * @param chart the deliveries over time
   * @param legend the deliveries by outcome
   * @param codes attempts by response
   * @param types attempts by event type
   */
  public record Cards(
      ChartSpan span,
      String deliveries,
      OutcomeChart chart,
      List<Legend> legend,
      List<Share> codes,
      List<Share> types) {
    /** Returns the ranges to choose from. */
    public List<ChartSpan> spans() {
      return ChartSpan.ALL;
    }

    /** Returns the chart as text. */
    public String label() {
      return String.join(", ", legend.stream().map(Legend::text).toList());
    }
  }

  /**
   * Reads the deliveries to all of these endpoints together. May query the store and thus block.
   */
  public void prepare(List<Endpoint> endpoints) {
    activity.prepare(endpoints.stream().map(Endpoint::id).toList());
  }

  /**
   * Returns whether nothing was sent to an endpoint that {@link #prepare} has read. Figures go back
   * 30 days, so earlier deliveries to an older endpoint are unknown.
   */
  public boolean isQuiet(Endpoint endpoint, EndpointHealth health) {
    ChartSpan longest = ChartSpan.MONTH;
    Instant known = now.minus(longest.step().multipliedBy(longest.steps()));
    if (health.state() != EndpointHealth.State.WORKING
        || health.failures() > 0
        || !endpoint.createdAt().isAfter(known)) {
      return false;
    }
    return activity.history(endpoint.id(), longest, now).attempts() == 0;
  }

  /** Returns when an endpoint that {@link #prepare} has read began to fail; null if unknown. */
  public @Nullable Instant failingSince(Endpoint endpoint) {
    return activity.of(endpoint.id(), now).failingSince();
  }

  /** Returns the figures of an endpoint that {@link #prepare} has read. */
  public Line line(Endpoint endpoint, CustomerBacklog backlog) {
    EndpointHistory history = activity.history(endpoint.id(), ChartSpan.DAY, now);
    OutcomeTimeline timeline = timeline(history, endpoint, backlog);
    Undelivered open = backlog.undelivered(endpoint.id());
    String label = String.join(", ", texts(endpoint, timeline.sum(), open));
    return new Line(
        OutcomeChart.of(timeline.folded(HOURS), SPARK),
        words.text("figures.day", label),
        total(timeline.sum(), open),
        timeline.sum().delivered());
  }

  private static OutcomeTimeline timeline(
      EndpointHistory history, Endpoint endpoint, CustomerBacklog backlog) {
    return OutcomeTimeline.of(
        history, backlog.open(endpoint.id()), backlog.failedTo(endpoint.id()));
  }

  private String total(Outcomes sum, Undelivered open) {
    return words.number(sum.all(), sum.pending() > 0 && open.more());
  }

  private List<String> texts(Endpoint endpoint, Outcomes sum, Undelivered open) {
    String pending = endpoint.enabled() ? "figures.pending" : "figures.held";
    boolean isCut = sum.pending() > 0 && open.more();
    return List.of(
        words.count("figures.delivered", sum.delivered(), false),
        words.count(pending, sum.pending(), isCut),
        words.count("figures.failed-count", sum.failed(), false));
  }

  /** Returns the figures of an endpoint over a range. May query the store and thus block. */
  public Cards cards(Endpoint endpoint, String range, CustomerBacklog backlog) {
    ChartSpan span = ChartSpan.fromCode(range).orElse(ChartSpan.DAY);
    activity.prepare(List.of(endpoint.id()));
    EndpointHistory history = activity.history(endpoint.id(), span, now);
    OutcomeTimeline timeline = timeline(history, endpoint, backlog);
    Undelivered open = backlog.undelivered(endpoint.id());
    List<String> texts = texts(endpoint, timeline.sum(), open);
    return new Cards(
        span,
        total(timeline.sum(), open),
        OutcomeChart.of(timeline, CHART),
        legend(timeline.sum(), texts),
        shares(history.codes(), this::response, part -> part.isStatus() ? "code" : ""),
        shares(
            history.types(),
            part -> part.isOther() ? words.text("outcome.other") : part.name(),
            part -> part.isOther() ? "" : "type"));
  }

  /** Returns the outcomes that occur, and the delivered ones even if there are none. */
  private static List<Legend> legend(Outcomes sum, List<String> texts) {
    List<Legend> legend = new ArrayList<>();
    legend.add(new Legend("bar-good", texts.get(0)));
    if (sum.pending() > 0) {
      legend.add(new Legend("bar-wait", texts.get(1)));
    }
    if (sum.failed() > 0) {
      legend.add(new Legend("bar-bad", texts.get(2)));
    }
    return legend;
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
    int max = parts.stream().mapToInt(Part::all).max().orElse(1);
    return parts.stream()
        .limit(SHOWN)
        .map(
            part -> {
              String by = filter.apply(part);
              return new Share(
                  name.apply(part),
                  by.isEmpty() ? "" : by + "=" + part.name(),
                  words.number(part.all()),
                  length(part.all() - part.failed(), max),
                  length(part.failed(), max));
            })
        .toList();
  }

  private static String length(int part, int max) {
    return Integer.toString((int) Math.round(100.0 * part / max));
  }
}
