package dev.hookferry.app.bench.run;

import java.util.Locale;

/** Measures the time from process start to readiness, on an empty store and on the used one. */
public record StartMode() implements BenchMode {
  @Override
  public void measure(BenchRunner runner, Baseline baseline, BenchReport report) {
    runner.say("starting on an empty store, and again on the one in use");
    BenchWorkspace workshop = runner.workshop();
    long empty = workshop.emptyStartMillis();
    workshop.stopLast();
    long used = workshop.addServer().startMillis();
    int waiting = runner.plan().modes().backlog();
    report
        .part("start")
        .put("emptyMillis", empty)
        .put("usedMillis", used)
        .put("waiting", waiting)
        .put("events", runner.tally().acknowledged());
    report.line(
        String.format(
            Locale.ROOT,
            "Start      ready after %,d ms on an empty store, after %,d ms with %,d waiting",
            empty,
            used,
            waiting));
  }
}
