package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.figures.Rounded;
import dev.hookferry.app.bench.figures.Spread;
import dev.hookferry.app.bench.load.ServerUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures several servers on one store, compared with one server. */
public record NodesMode(int nodes) implements BenchMode {
  @Override
  public void measure(BenchRunner runner, Baseline baseline, BenchReport report) {
    runner.say(nodes + " nodes on one store");
    for (int i = 1; i < nodes; i++) {
      ServerUnderTest unused = runner.workshop().addServer();
    }
    RunResult unused = runner.run("warm-up", runner.most(runner.plan().timing().warmUp()));
    List<Double> together = new ArrayList<>();
    for (int i = 0; i < runner.plan().timing().repeats(); i++) {
      together.add(
          runner.run("together", runner.most(runner.plan().timing().window())).perSecond());
    }
    for (int i = 1; i < nodes; i++) {
      runner.workshop().stopLast();
    }
    Spread spread = new Spread(together);
    double ratio = spread.median() / baseline.perSecond();
    ObjectNode part = report.part("nodes");
    part.put("count", nodes).put("ofOneNode", Rounded.of(ratio));
    spread.writeTo(part.putObject("perSecond"));
    report.line(nodes + " nodes    " + spread.text("%,.0f", " deliveries per second"));
    report.line(String.format(Locale.ROOT, "           %.2f of one node", ratio));
  }
}
