package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.figures.Rounded;
import dev.hookferry.app.bench.load.BenchException;
import dev.hookferry.app.bench.load.LoadProfile;
import dev.hookferry.app.bench.load.PartProtocol;
import dev.hookferry.app.bench.load.PublishRequests;
import dev.hookferry.app.bench.wire.RequestShape;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.Path;
import dev.hookferry.catalog.QlmEventTypes;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventType;
import dev.hookferry.jsonschema.JsonSchemaCompiler;
import dev.hookferry.schema.CompiledSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * Measures the cost of schemas: every event is a license of 35 fields, and the schema of its type
 * describes each of them. The schema blocks, and all events match it. Runs with and without it
 * alternate.
 */
public record SchemasMode() implements BenchMode {
  private static final String SCHEMA = "/dev/hookferry/app/bench/license.schema.json";

  private static final Duration MAX_CHECKING = Duration.ofMillis(2500);
  private static final int CHECKS_AT_ONCE = 100;

  @Override
  public void measure(BenchRunner runner, Baseline baseline, BenchReport report) {
    ObjectNode schema = schema();
    RequestShape shape = runner.plan().shape().with(license());
    runner.say("checking licenses against a schema");
    double checkMicros = checkMicros(schema, shape, runner.plan().timing().window());
    ApiClient client = runner.workshop().servers().get(0).client();
    SubscriptionScheme scheme = runner.plan().scheme();
    LoadProfile load = runner.most(runner.plan().timing().window()).with(shape);
    put(client, scheme, described(schema, "block"));
    LoadProfile warmUp = runner.most(runner.plan().timing().warmUp()).with(shape);
    RunResult unused = runner.run("warm-up", warmUp);
    CostComparison comparison = new CostComparison(runner);
    for (int i = 0; i < runner.plan().timing().repeats(); i++) {
      put(client, scheme, described(schema, "off"));
      comparison.without(() -> runner.run("without schemas", load));
      put(client, scheme, described(schema, "block"));
      comparison.with(() -> runner.run("with schemas", load));
    }
    put(client, scheme, described(schema, "off"));
    int size = PublishRequests.data(shape).length();
    ObjectNode part = report.part("schemas").put("size", size);
    part.put("checkMicros", Rounded.of(checkMicros));
    comparison.report(report, part, "Schemas    licenses");
    report.line(
        String.format(
            Locale.ROOT,
            "           one check of %,d bytes takes %.1f µs of CPU",
            size,
            checkMicros));
  }

  /** Returns the mean CPU time of a check, in microseconds, after a warm-up twice as long. */
  private static double checkMicros(ObjectNode schema, RequestShape shape, Duration window) {
    CompiledSchema compiled = new JsonSchemaCompiler().compile(schema.toString());
    Payload data = Payload.of(PublishRequests.data(shape));
    if (!compiled.validate(data).isEmpty()) {
      throw new BenchException("the license violates its schema: " + compiled.validate(data));
    }
    Duration time = window.compareTo(MAX_CHECKING) < 0 ? window : MAX_CHECKING;
    double unused = checkMicros(compiled, data, time.multipliedBy(2));
    return checkMicros(compiled, data, time);
  }

  private static double checkMicros(CompiledSchema compiled, Payload data, Duration time) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long began = System.nanoTime();
    long cpu = threads.getCurrentThreadCpuTime();
    long checks = 0;
    long violations = 0;
    while (System.nanoTime() - began < time.toNanos()) {
      for (int i = 0; i < CHECKS_AT_ONCE; i++) {
        violations += compiled.validate(data).size();
      }
      checks += CHECKS_AT_ONCE;
    }
    // Uses the results, so that the compiler cannot eliminate the checks.
    return violations > 0 ? Double.NaN : (threads.getCurrentThreadCpuTime() - cpu) / 1e3 / checks;
  }

  private static void put(ApiClient client, SubscriptionScheme scheme, ObjectNode described) {
    int types = scheme.fanout() ? 1 : scheme.endpoints();
    for (int i = 0; i < types; i++) {
      Path path = Path.ofSite(scheme.site(i), "event-types", scheme.type(i));
      JsonNode unused = client.put(path, described);
    }
  }

  private static ObjectNode described(ObjectNode schema, String policy) {
    ObjectNode described = JsonNodeFactory.instance.objectNode().put("policy", policy);
    described.set("schema", schema);
    return described;
  }

  private static ObjectNode schema() {
    try (InputStream in = SchemasMode.class.getResourceAsStream(SCHEMA)) {
      return (ObjectNode) PartProtocol.JSON.readTree(Objects.requireNonNull(in, SCHEMA));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the members of the catalog's example of a license. */
  private static String license() {
    String example = QlmEventTypes.example(new EventType("license_created")).orElseThrow();
    try {
      String compact = PartProtocol.JSON.readTree(example).toString();
      return compact.substring(1, compact.length() - 1);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
