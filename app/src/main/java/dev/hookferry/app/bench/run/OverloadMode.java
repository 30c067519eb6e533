package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.figures.Rounded;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Measures overload: publishes at a fixed rate above the maximum, regardless of responses. */
public record OverloadMode(double times) implements BenchMode {
  private static final int CONNECTIONS = 1_000;

  @Override
  public void measure(BenchRunner runner, Baseline baseline, BenchReport report) {
    BenchPlan plan = runner.plan();
    double offered = times * baseline.perSecond() / plan.scheme().deliveriesOf(1);
    runner.say("overload: " + Math.round(offered) + " events per second");
    RunResult run =
        runner.run("overload", runner.most(plan.timing().latency()).at(offered, CONNECTIONS));
    double accepted = run.acceptedPerSecond();
    double acceptedShare = accepted / baseline.fullLoad().acceptedPerSecond().median();
    double deliveredShare = run.steadyPerSecond() / baseline.fullLoad().steadyPerSecond().median();
    ObjectNode part = report.part("overload");
    part.put("times", times).put("offeredPerSecond", Math.round(offered));
    part.put("acceptedPerSecond", Math.round(accepted));
    part.put("acceptedOfMost", Rounded.of(acceptedShare));
    part.put("deliveredPerSecond", Math.round(run.steadyPerSecond()));
    part.put("deliveredOfMost", Rounded.of(deliveredShare));
    part.put("refused", run.refused()).put("refusedWithoutRetryAfter", run.refusedWithoutTime());
    part.put("heapMiB", Math.round(runner.workshop().heapMiB()));
    report.line(
        String.format(
            Locale.ROOT,
            "Overload   ×%.1f: %,.0f accepted per second (%.2f of maximum), %,.0f delivered (%.2f)",
            times,
            accepted,
            acceptedShare,
            run.steadyPerSecond(),
            deliveredShare));
    Histogram refusals = run.refusedIn();
    if (refusals.getTotalCount() > 0) {
      report.percentiles("overloadRefusal", "  503 after", refusals);
      report.line(
          "  "
              + run.refused()
              + " events refused with 503, "
              + run.refusedWithoutTime()
              + " of them without Retry-After");
    }
  }
}
