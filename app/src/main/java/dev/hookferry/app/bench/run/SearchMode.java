package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.load.LoadProfile;
import dev.hookferry.app.bench.wire.RequestShape;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.Path;
import java.util.List;

/**
 * Measures the cost of search fields: every event has three, one of them with a unique value. Runs
 * with and without them alternate.
 */
public record SearchMode() implements BenchMode {
  private static final List<String> FIELDS = List.of("bench", "ActivationKey", "CustomerID");

  @Override
  public void measure(BenchRunner runner, Baseline baseline, BenchReport report) {
    RequestShape shape =
        runner.plan().shape().with("\"ActivationKey\":\"HF4T0-7QWK2-9PLM3\",\"CustomerID\":4711");
    ApiClient client = runner.workshop().servers().get(0).client();
    SubscriptionScheme scheme = runner.plan().scheme();
    LoadProfile load = runner.most(runner.plan().timing().window()).with(shape);
    put(client, scheme, FIELDS);
    RunResult unused =
        runner.run("warm-up", runner.most(runner.plan().timing().warmUp()).with(shape));
    CostComparison comparison = new CostComparison(runner);
    for (int i = 0; i < runner.plan().timing().repeats(); i++) {
      put(client, scheme, List.of());
      comparison.without(() -> runner.run("without search fields", load));
      put(client, scheme, FIELDS);
      comparison.with(() -> runner.run("with search fields", load));
    }
    put(client, scheme, List.of());
    ObjectNode part = report.part("search").put("fields", FIELDS.size());
    comparison.report(report, part, "Search     " + FIELDS.size() + " fields of each event");
  }

  private static void put(ApiClient client, SubscriptionScheme scheme, List<String> fields) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    fields.forEach(settings.putArray("searchFields")::add);
    for (int site = 0; site < scheme.sites(); site++) {
      String name = scheme.site(site * SubscriptionScheme.IN_ONE_SITE);
      JsonNode unused = client.patch(Path.ofSite(name, "settings"), settings);
    }
  }
}
