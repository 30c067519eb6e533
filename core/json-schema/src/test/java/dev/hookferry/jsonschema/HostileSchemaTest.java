package dev.hookferry.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.CpuTime;
import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.schema.SchemaViolation;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Schemas and data that would take years, or the whole memory, without bounds. */
@Timeout(1_200)
class HostileSchemaTest {
  private final JsonSchemaCompiler compiler = new JsonSchemaCompiler();

  private List<SchemaViolation> check(String schema, String data) {
    List<SchemaViolation> found = compiler.compile(schema).validate(Payload.of(data));
    found.forEach(each -> assertThat(each.toString()).hasSizeLessThan(1_000));
    return found;
  }

  private static String repeated(String part, int count) {
    return IntStream.range(0, count).mapToObj(i -> part).collect(Collectors.joining(","));
  }

  @Test
  void exponentialPatternsAreLinear() {
    String evil = "{\"pattern\":\"^(a+)+$\"}";

    assertThat(check(evil, "\"" + "a".repeat(100_000) + "!\"")).hasSize(1);
    assertThat(check(evil, "\"" + "a".repeat(100_000) + "\"")).isEmpty();
  }

  @Test
  void exponentialReferencesRunOutOfSteps() {
    String parts =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    "\"d%d\":{\"allOf\":[{\"$ref\":\"#/$defs/d%d\"},{\"$ref\":\"#/$defs/d%d\"}]}"
                        .formatted(i, i + 1, i + 1))
            .collect(Collectors.joining(","));
    String schema =
        "{\"properties\":{\"a\":{\"$ref\":\"#/$defs/d0\"}},\"$defs\":{" + parts + ",\"d40\":{}}}";

    assertThat(check(schema, "{\"a\":1}").get(0).reason()).contains("too many steps");
    assertThat(check(schema, "{\"b\":1}")).isEmpty();
  }

  @Test
  void recursionThroughDataIsBounded() {
    String schema =
        "{\"items\":{\"anyOf\":[{\"$ref\":\"#\"},{\"allOf\":[{\"$ref\":\"#\"}]}]},"
            + "\"minItems\":0}";

    assertThat(check(schema, "[".repeat(50) + "]".repeat(50)).toString())
        .containsAnyOf("[]", "too many steps");
    assertThat(check("{\"items\":{\"$ref\":\"#\"}}", "[".repeat(100) + "]".repeat(100))).isEmpty();
  }

  @Test
  void largeDataWithLargeSchemasEnds() {
    String rules = repeated("{\"maxLength\":9}", 2_000);
    String numbers = "[" + repeated("1", 500_000) + "]";

    Duration took = CpuTime.of(() -> checkAll(rules, numbers));

    assertThat(took).isLessThan(Duration.ofSeconds(30));
  }

  private void checkAll(String rules, String numbers) {
    check("{\"allOf\":[" + rules + "]}", "\"" + "x".repeat(1_000_000) + "\"");
    check("{\"items\":{\"allOf\":[" + rules + "]}}", numbers);
    check("{\"items\":{\"enum\":[" + repeated("\"x\"", 9_000) + "]}}", numbers);
    check(
        "{\"propertyNames\":{\"allOf\":[" + repeated("{\"pattern\":\"x{90}\"}", 900) + "]}}",
        "{"
            + IntStream.range(0, 50_000)
                .mapToObj(i -> "\"n" + i + "\":1")
                .collect(Collectors.joining(","))
            + "}");
    check("{\"uniqueItems\":true}", "[" + repeated("{\"a\":[1,2]}", 80_000) + "]");
    check("{\"items\":{\"multipleOf\":0.0001}}", "[" + repeated("1e99999", 100_000) + "]");
    check(
        "{\"items\":{\"type\":\"integer\",\"maximum\":1e9}}",
        "[" + repeated("1e99999", 100_000) + "]");
  }

  /** Broken and shuffled schemas are refused or work; nothing else comes out. */
  @Test
  void fuzzedSchemasAreRefusedOrWork() {
    String seed =
        "{\"type\":[\"object\",\"null\"],\"required\":[\"a\"],\"properties\":{\"a\":{\"$ref\":"
            + "\"#/$defs/x\"},\"b\":{\"items\":{\"pattern\":\"^[a-z]{1,9}$\",\"minLength\":1}}},"
            + "\"$defs\":{\"x\":{\"oneOf\":[{\"const\":1.50},{\"enum\":[null,\"y\"]}]}},"
            + "\"patternProperties\":{\"^z\":{\"multipleOf\":3}},\"unevaluatedProperties\":false}";
    String[] tokens = seed.split("(?<=[,:{}\\[\\]])|(?=[,:{}\\[\\]])");
    Random random = new Random(20);
    int accepted = 0;
    for (int i = 0; i < 3_000; i++) {
      String[] copy = tokens.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        copy[random.nextInt(copy.length)] = tokens[random.nextInt(tokens.length)];
      }
      try {
        check(String.join("", copy), "{\"a\":1.5,\"b\":[\"x\"],\"z\":4}");
        accepted++;
      } catch (InvalidException e) {
        assertThat(e.problems())
            .isNotEmpty()
            .allMatch(problem -> problem.field().startsWith("schema"));
      }
    }
    assertThat(accepted).isGreaterThan(20);
  }
}
