package dev.hookferry.app.bench;

import java.util.Locale;

/** From the start of the process until it is ready: on an empty store, and on the one in use. */
record StartMode() implements Mode {
  @Override
  public void measure(Runner runner, Usual usual, Report report) {
    runner.say("starting on an empty store, and again on the one in use");
    Workshop workshop = runner.workshop();
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
