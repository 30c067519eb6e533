package dev.hookferry.jsonschema;

import dev.hookferry.catalog.QlmEventTypes;
import dev.hookferry.contract.support.Jmh;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventType;
import dev.hookferry.schema.CompiledSchema;
import dev.hookferry.schema.SchemaViolation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Cost of checking a license of QLM against a schema with a type for each of its fields. Run by
 * name only, not with the tests.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SchemaCheckBench {
  private static final String LICENSE =
      QlmEventTypes.example(new EventType("license_created")).orElseThrow();

  private final Payload data = Payload.of(LICENSE);
  private final CompiledSchema schema = new JsonSchemaCompiler().compile(typed(LICENSE));

  private static String typed(String json) {
    Map<String, JsonTree> members = TreeParser.parse(json, Budget.unlimited()).members();
    String names = members.keySet().stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
    String properties =
        members.entrySet().stream()
            .map(
                member ->
                    "\"%s\":{\"type\":\"%s\"}"
                        .formatted(member.getKey(), member.getValue().getNodeType().getName()))
            .collect(Collectors.joining(",", "{", "}"));
    return "{\"type\":\"object\",\"required\":" + names + ",\"properties\":" + properties + "}";
  }

  @Benchmark
  public List<SchemaViolation> license() {
    return schema.validate(data);
  }

  @Benchmark
  public JsonTree parseOnly() {
    return TreeParser.parse(data.text(), Budget.unlimited());
  }

  @Test
  void measure() throws RunnerException {
    Jmh.run(getClass());
  }
}
