package dev.hookferry.http.console.activity;

import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.TallyStore.Tally;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Names and contents of endpoint tallies. */
final class EndpointTallies {
  /** Name prefix of the last day's counts. */
  private static final String DAY = "e:";

  /** Name prefix of the counts of a chart, followed by the code of a span. */
  private static final String CHART = "h";

  /** Number of endpoints whose names fit into one query. */
  private static final int PART = 100;

  private EndpointTallies() {}

  /** Splits endpoints into groups whose tallies fit into one query. */
  static List<List<EndpointId>> parts(List<EndpointId> all) {
    List<List<EndpointId>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += PART) {
      parts.add(all.subList(from, Math.min(all.size(), from + PART)));
    }
    return parts;
  }

  /** Returns the names of all tallies of these endpoints. */
  static Set<String> names(List<EndpointId> endpoints) {
    Set<String> names = new HashSet<>();
    for (EndpointId endpoint : endpoints) {
      names.add(DAY + endpoint);
      ChartSpan.ALL.forEach(span -> names.add(chart(span) + endpoint));
    }
    return names;
  }

  private static String chart(ChartSpan span) {
    return CHART + span.code() + ":";
  }

  /** Returns the endpoint of a tally; empty for tallies of other kinds. */
  static Optional<EndpointId> endpoint(String name) {
    int colon = name.indexOf(':');
    boolean isIt = name.startsWith(DAY) || span(name).isPresent();
    return isIt ? EndpointId.find(name.substring(colon + 1)) : Optional.empty();
  }

  private static Optional<ChartSpan> span(String name) {
    int colon = name.indexOf(':');
    return colon > 0 && name.startsWith(CHART)
        ? ChartSpan.fromCode(name.substring(CHART.length(), colon))
        : Optional.empty();
  }

  /** Returns the tallies of this process that changed since they were last written. */
  static List<Tally> changed(EndpointId endpoint, EndpointActivity counts, UUID writer) {
    List<Tally> all = new ArrayList<>();
    counts.changed().forEach(part -> all.add(tally(writer, DAY + endpoint, part)));
    for (ChartSpan span : ChartSpan.ALL) {
      counts
          .changedHistory(span)
          .forEach(part -> all.add(tally(writer, chart(span) + endpoint, part)));
    }
    return all;
  }

  private static Tally tally(UUID writer, String name, TimeSeries.Part part) {
    return new Tally(writer, name, part.from(), part.until(), part.text());
  }

  /** Adds a tally of another process, or replaces its earlier one. */
  static void put(Tally tally, EndpointActivity activity) {
    FormValues text = FormValues.parse(tally.text());
    span(tally.name())
        .ifPresentOrElse(
            span -> activity.putHistory(span, tally.writer(), tally.from(), text),
            () -> activity.put(tally.writer(), tally.from(), text));
  }

  /** Adds an earlier tally of this process to its counts. */
  static void add(Tally tally, EndpointActivity activity) {
    FormValues text = FormValues.parse(tally.text());
    span(tally.name())
        .ifPresentOrElse(
            span -> activity.addHistory(span, tally.from(), text),
            () -> activity.add(tally.from(), text));
  }
}
