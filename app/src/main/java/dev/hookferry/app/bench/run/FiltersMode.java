package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.load.LoadProfile;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.Path;
import java.util.Locale;

/**
 * Measures the cost of filters: adds endpoints to every site that subscribe to all types and whose
 * filters match nothing, so that the deliveries stay the same.
 */
public record FiltersMode(int count) implements BenchMode {
  @Override
  public void measure(BenchRunner runner, Baseline baseline, BenchReport report) {
    int repeats = runner.plan().timing().repeats();
    LoadProfile load = runner.most(runner.plan().timing().window());
    CostComparison comparison = new CostComparison(runner);
    for (int i = 0; i < repeats; i++) {
      comparison.without(() -> runner.run("without filters", load));
    }
    runner.say("adding " + count + " endpoints with filters to each site");
    add(runner.workshop().servers().get(0).client(), runner.plan().scheme());
    RunResult unused = runner.run("warm-up", load);
    for (int i = 0; i < repeats; i++) {
      comparison.with(() -> runner.run("with filters", load));
    }
    ObjectNode part = report.part("filters").put("count", count);
    String label = String.format(Locale.ROOT, "Filters    %,d for each event", count);
    comparison.report(report, part, label);
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
