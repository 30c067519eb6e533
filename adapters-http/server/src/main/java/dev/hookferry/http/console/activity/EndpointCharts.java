package dev.hookferry.http.console.activity;

import dev.hookferry.http.console.activity.EndpointHistory.Slot;
import dev.hookferry.http.words.NumberText;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The charts of an endpoint, all with the same time axis.
 *
 * @param deliveries successful and failed deliveries
 * @param errors the share of attempts that failed, on a scale from 0 to 100%
 */
public record EndpointCharts(Chart deliveries, Chart errors) {
  /** A change to mark on the time axis. */
  public record Mark(Instant at, String text) {}

  /** Returns the charts of a span. */
  public static EndpointCharts of(EndpointHistory history, List<Mark> marks) {
    Function<Slot, String> marked = slot -> marked(slot, history, marks);
    return new EndpointCharts(deliveries(history, marked), errors(history, marked));
  }

  private static String marked(Slot slot, EndpointHistory history, List<Mark> marks) {
    Instant end = slot.from().plus(history.step());
    return marks.stream()
        .filter(mark -> !mark.at().isBefore(slot.from()) && mark.at().isBefore(end))
        .map(Mark::text)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static Chart deliveries(EndpointHistory history, Function<Slot, String> marked) {
    List<Chart.Column> columns =
        columns(
            history,
            slot ->
                new Chart.Column(
                    slot.from(),
                    slot.delivered(),
                    Math.max(0, slot.undelivered()),
                    Chart.sent(slot.delivered(), Math.max(0, slot.undelivered())),
                    marked.apply(slot)));
    FailureShare share = history.share();
    return Chart.counts(
        history.span(),
        columns,
        Chart.sent(share.all() - share.failed(), share.failed()) + inTheLast(history));
  }

  private static Chart errors(EndpointHistory history, Function<Slot, String> marked) {
    List<Chart.Column> columns =
        columns(
            history,
            slot ->
                new Chart.Column(
                    slot.from(),
                    0,
                    percent(slot),
                    rate(slot.failed(), slot.attempts()),
                    marked.apply(slot)));
    String summary = rate(history.sum(Slot::failed), history.attempts()) + inTheLast(history);
    return Chart.of(history.span(), columns, 100, List.of("100%", "50%"), summary);
  }

  private static List<Chart.Column> columns(
      EndpointHistory history, Function<Slot, Chart.Column> column) {
    return history.slots().stream().map(column).toList();
  }

  private static String inTheLast(EndpointHistory history) {
    return " in the last " + history.span().length();
  }

  private static double percent(Slot slot) {
    return slot.attempts() == 0 ? 0 : 100.0 * slot.failed() / slot.attempts();
  }

  private static String rate(int failed, int all) {
    return all == 0
        ? "no attempts"
        : new FailureShare(failed, all).percent()
            + " of "
            + NumberText.counted(all, "attempt")
            + " failed";
  }
}
