package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.figures.Rounded;
import dev.hookferry.app.bench.figures.Spread;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures what filters cost: adds endpoints to every site that subscribe to all types and whose
 * filters match nothing, so that the deliveries stay the same.
 */
public record FiltersMode(int count) implements BenchMode {
  @Override
  public void measure(BenchRunner runner, Usual usual, BenchReport report) {
    Figures without = figures(runner, "without filters");
    runner.say("adding " + count + " endpoints with filters to each site");
    add(runner.workshop().servers().get(0).client(), runner.plan().scheme());
    RunResult unused = runner.run("warm-up", runner.most(runner.plan().timing().window()));
    Figures with = figures(runner, "with filters");
    double ratio = with.perSecond().median() / without.perSecond().median();
    double more = with.cpuMicros().median() - without.cpuMicros().median();
    ObjectNode part = report.part("filters");
    part.put("count", count).put("ofUsual", Rounded.of(ratio));
    with.perSecond().writeTo(part.putObject("perSecond"));
    without.cpuMicros().writeTo(part.putObject("cpuMicrosPerEventWithout"));
    with.cpuMicros().writeTo(part.putObject("cpuMicrosPerEvent"));
    report.line(
        String.format(
            Locale.ROOT,
            "Filters    %,d for each event: %s, %.2f of that without;"
                + " CPU per event %.0f µs, %+.0f µs",
            count,
            with.perSecond().text("%,.0f", " deliveries per second"),
            ratio,
            with.cpuMicros().median(),
            more));
  }

  /**
   * Repeated measurements.
   *
   * @param cpuMicros CPU time of all servers per event, in microseconds
   */
  private record Figures(Spread perSecond, Spread cpuMicros) {}

  private static Figures figures(BenchRunner runner, String what) {
    List<Double> perSecond = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    int deliveries = runner.plan().scheme().deliveriesOf(1);
    for (int i = 0; i < runner.plan().timing().repeats(); i++) {
      double before = cpuMicros(runner);
      RunResult run = runner.run(what, runner.most(runner.plan().timing().window()));
      double events = Math.max(1, run.tally().delivered() / (double) deliveries);
      perSecond.add(run.perSecond());
      cpu.add((cpuMicros(runner) - before) / events);
    }
    return new Figures(new Spread(perSecond), new Spread(cpu));
  }

  private static double cpuMicros(BenchRunner runner) {
    return runner.workshop().servers().stream()
        .mapToDouble(server -> server.cpu().toNanos() / 1e3)
        .sum();
  }

  private void add(ApiClient client, SubscriptionScheme scheme) {
    for (int site = 0; site < scheme.sites(); site++) {
      String name = scheme.site(site * SubscriptionScheme.IN_ONE_SITE);
      for (int i = 0; i < count; i++) {
        ObjectNode endpoint =
            JsonNodeFactory.instance.objectNode().put("url", "http://127.0.0.1:9/filtered");
        endpoint.putArray("eventTypes").add("bench_*");
        ObjectNode filter = endpoint.putObject("filter");
        filter.putObject("bench").put("$gte", "0");
        filter.putObject("fill").put("$startsWith", "#" + i);
        JsonNode unused = client.post(Path.ofSite(name, "endpoints"), endpoint);
      }
    }
  }
}
