package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.Path;
import java.util.Locale;

/**
 * Measures what schemas cost: gives every event type a schema that blocks and that all events
 * match.
 *
 * @param rules the number of rules that each event is checked against
 */
public record SchemasMode(int rules) implements BenchMode {
  @Override
  public void measure(BenchRunner runner, Usual usual, BenchReport report) {
    EventCost without = EventCost.measure(runner, "without schemas");
    runner.say("giving every event type a schema with " + rules + " rules");
    ApiClient client = runner.workshop().servers().get(0).client();
    put(client, runner.plan().scheme(), described("block"));
    RunResult unused = runner.run("warm-up", runner.most(runner.plan().timing().window()));
    EventCost with = EventCost.measure(runner, "with schemas");
    put(client, runner.plan().scheme(), described("off"));
    ObjectNode part = report.part("schemas").put("rules", rules);
    String label = String.format(Locale.ROOT, "Schemas    %,d rules for each event", rules);
    with.report(report, part, label, without);
  }

  private static void put(ApiClient client, SubscriptionScheme scheme, ObjectNode described) {
    int types = scheme.fanout() ? 1 : scheme.endpoints();
    for (int i = 0; i < types; i++) {
      Path path = Path.ofSite(scheme.site(i), "event-types", scheme.type(i));
      JsonNode unused = client.put(path, described);
    }
  }

  private ObjectNode described(String policy) {
    ObjectNode described = JsonNodeFactory.instance.objectNode().put("policy", policy);
    ObjectNode schema = described.putObject("schema").put("type", "object");
    schema.putArray("required").add("bench").add("fill");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("bench").put("pattern", "^[0-9a-z]*$");
    ArrayNode all = properties.putObject("fill").putArray("allOf");
    for (int i = 0; i < rules; i++) {
      all.addObject().put("maxLength", 2_000_000 + i);
    }
    return described;
  }
}
