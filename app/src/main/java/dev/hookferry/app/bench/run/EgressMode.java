package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.load.LoadProfile;
import dev.hookferry.app.bench.load.ServerSettings;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the cost of egresses for endpoints that do not use them: other endpoints of the same
 * sites connect through a proxy. Runs with and without those alternate.
 */
public record EgressMode() implements BenchMode {
  /** Endpoints with an egress in each site. */
  private static final int OTHERS = 10;

  @Override
  public void measure(BenchRunner runner, Baseline baseline, BenchReport report) {
    ApiClient client = runner.workshop().servers().get(0).client();
    SubscriptionScheme scheme = runner.plan().scheme();
    LoadProfile load = runner.most(runner.plan().timing().window());
    CostComparison comparison = new CostComparison(runner);
    for (int i = 0; i < runner.plan().timing().repeats(); i++) {
      comparison.without(() -> runner.run("without an egress", load));
      List<Path> others = add(client, scheme);
      comparison.with(() -> runner.run("with other endpoints using an egress", load));
      others.forEach(client::delete);
    }
    ObjectNode part = report.part("egress").put("others", OTHERS);
    comparison.report(report, part, "Egress     of " + OTHERS + " other endpoints");
  }

  private static List<Path> add(ApiClient client, SubscriptionScheme scheme) {
    List<Path> added = new ArrayList<>();
    for (int site = 0; site < scheme.sites(); site++) {
      String name = scheme.site(site * SubscriptionScheme.IN_ONE_SITE);
      for (int i = 0; i < OTHERS; i++) {
        ObjectNode endpoint =
            JsonNodeFactory.instance
                .objectNode()
                .put("url", "http://127.0.0.1:9/elsewhere/" + i)
                .put("egress", ServerSettings.EGRESS);
        endpoint.putArray("eventTypes").add("elsewhere_*");
        JsonNode created = client.post(Path.ofSite(name, "endpoints"), endpoint);
        added.add(Path.ofSite(name, "endpoints", created.path("id").asText()));
      }
    }
    return added;
  }
}
