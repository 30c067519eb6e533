package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.load.LoadProfile;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import dev.hookferry.app.client.ApiClient;
import java.util.Locale;

/**
 * Measures delivery in the order of ordering keys: the same endpoints get the same events,
 * alternately with and without {@code order} by key. The receivers verify the order.
 *
 * @param keys the number of ordering keys; rounded up to a multiple of the number of endpoints
 */
public record OrderedMode(int keys) implements BenchMode {
  private static final int SITE = 800;

  @Override
  public void measure(BenchRunner runner, Baseline baseline, BenchReport report) {
    BenchWorkspace workshop = runner.workshop();
    ApiClient client = workshop.servers().get(0).client();
    int endpoints = runner.plan().scheme().endpoints();
    int perEndpoint = (keys + endpoints - 1) / endpoints;
    SubscriptionScheme scheme =
        new SubscriptionScheme(endpoints, false, SITE, perEndpoint * endpoints);
    SubscriptionSetup.make(client, scheme, workshop.rig().receiverPorts());
    LoadProfile load = runner.most(runner.plan().timing().window());
    order(client, scheme, "by-key");
    RunResult unused = runner.run("warm-up", scheme, load, true);
    CostComparison comparison = new CostComparison(runner);
    for (int i = 0; i < runner.plan().timing().repeats(); i++) {
      order(client, scheme, "none");
      comparison.without(() -> runner.run("without order", scheme, load, false));
      order(client, scheme, "by-key");
      comparison.with(() -> runner.run("in order", scheme, load, true));
    }
    ObjectNode part = report.part("ordered").put("keys", scheme.keys());
    String label = String.format(Locale.ROOT, "Ordered    %,d keys", scheme.keys());
    comparison.report(report, part, label);
  }

  private static void order(ApiClient client, SubscriptionScheme scheme, String order) {
    ObjectNode change = JsonNodeFactory.instance.objectNode().put("order", order);
    SubscriptionSetup.change(client, scheme, change);
  }
}
