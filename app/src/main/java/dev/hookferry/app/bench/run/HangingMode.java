package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.figures.LatencyHistograms;
import dev.hookferry.app.bench.figures.Rounded;
import dev.hookferry.app.bench.load.LoadProfile;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Measures the effect of hanging endpoints on others. Runs last: it leaves deliveries pending. */
public record HangingMode(int percent) implements BenchMode {
  @Override
  public void measure(BenchRunner runner, Baseline baseline, BenchReport report) {
    BenchPlan plan = runner.plan();
    int endpoints = plan.scheme().endpoints();
    int hanging = Math.max(1, endpoints * percent / 100);
    runner.say(hanging + " of " + endpoints + " endpoints hang");
    LoadProfile load = runner.most(plan.timing().latency()).at(baseline.rate(), plan.clients());
    RunResult run = runner.run("hanging", load.with(load.profile().hanging(hanging)));
    Histogram with = run.sincePublish();
    Histogram without = baseline.calm().sincePublish();
    double ratio =
        LatencyHistograms.millis(with, 99) / Math.max(0.001, LatencyHistograms.millis(without, 99));
    ObjectNode part = report.part("hanging");
    part.put("endpoints", endpoints).put("hanging", hanging);
    part.put("p99OfUsual", Rounded.of(ratio));
    report.line(
        String.format(
            Locale.ROOT,
            "%d of %d endpoints hang; publish → arrival for the others:",
            hanging,
            endpoints));
    report.percentiles("hangingPublishToArrival", "          ", with);
    report.line(String.format(Locale.ROOT, "           p99 is %.1f × the usual", ratio));
  }
}
