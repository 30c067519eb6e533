package dev.hookferry.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.schema.SchemaCompiler;
import dev.hookferry.schema.SchemaViolation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaCompilerTest {
  private final JsonSchemaCompiler compiler = new JsonSchemaCompiler();

  private List<SchemaViolation> check(String schema, String data) {
    return compiler.compile(schema).validate(Payload.of(data));
  }

  @Test
  void namesThePathAndTheRuleWithoutTheData() {
    String schema =
        "{\"type\":\"object\",\"required\":[\"Key\",\"Seats\"],\"properties\":{\"Key\":{\"type\":"
            + "\"string\",\"maxLength\":3},\"Seats\":{\"minimum\":1},\"Customer\":{\"properties\":{"
            + "\"a/b\":{\"enum\":[\"x\",1.10]}}}},\"additionalProperties\":false}";

    assertThat(check(schema, "{\"Key\":\"abc\",\"Seats\":1,\"Customer\":{\"a/b\":1.1}}")).isEmpty();
    assertThat(
            check(
                schema,
                "{\"Key\":\"secret\",\"Seats\":0,\"Customer\":{\"a/b\":\"secret\"},\"No\":1}"))
        .extracting(SchemaViolation::toString)
        .containsExactly(
            "/Key must satisfy \"maxLength\": 3",
            "/Seats must satisfy \"minimum\": 1",
            "/Customer/a~1b must satisfy \"enum\": [\"x\", 1.1]",
            "/No is not allowed");
    assertThat(check(schema, "{\"Key\":5}"))
        .extracting(SchemaViolation::toString)
        .containsExactly("must have the property Seats", "/Key must satisfy \"type\": \"string\"");
  }

  @Test
  void numbersAreExact() {
    assertThat(check("{\"const\":12345678901234567890}", "12345678901234567890")).isEmpty();
    assertThat(check("{\"const\":12345678901234567890}", "12345678901234567891")).hasSize(1);
    assertThat(check("{\"type\":\"integer\",\"multipleOf\":0.01}", "1.0e3")).isEmpty();
    assertThat(check("{\"multipleOf\":0.01}", "0.015")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "[]|schema: must be a JSON object, true or false",
        "{\"type\":|schema: ",
        "{\"type\":\"text\"}|schema/type: must be valid JSON Schema (draft 2020-12):"
            + " array, boolean, integer, null, number, object, string, or a list",
        "{\"minimum\":\"1\"}|schema/minimum: must be valid JSON Schema",
        "{\"$ref\":\"http://127.0.0.1:9/x.json\"}|schema/$ref: must begin with #",
        "{\"$ref\":\"other.json#/a\"}|schema/$ref: must begin with #",
        "{\"$ref\":\"#/$defs/none\"}|schema/$ref: refers to no part of the schema",
        "{\"$dynamicRef\":\"#none\"}|schema/$dynamicRef: refers to no part of the schema",
        "{\"$ref\":\"#\"}|schema: must not refer to itself without descending into the value",
        "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"anyOf\":[{\"$ref\":\"#/$defs/a\"}]}}}"
            + "|schema: must not refer to itself without descending into the value",
        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}|schema/$schema: must be https",
        "{\"properties\":{\"a\":{\"$id\":\"https://a.example/b\"}}}|schema/properties/a/$id: is only",
        "{\"pattern\":\"(?=a)b\"}|schema/pattern: must be a regular expression without look-around",
        "{\"pattern\":\"(a)\\\\1\"}|schema/pattern: must be a regular expression without look-around",
        "{\"patternProperties\":{\"(\":true}}|schema/patternProperties/(: must be a regular",
        "{\"pattern\":\"((a{99}){99}){99}\"}|schema/pattern: must not have repetitions that multiply",
        "{\"$vocabulary\":{}}|schema/$vocabulary: is not supported",
      })
  void refusesWhatCannotBeUsed(String schema, String problem) {
    assertThatThrownBy(() -> compiler.compile(schema))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void keepsTheLimitsAtTheirEdges() {
    int room = SchemaCompiler.MAX_BYTES - "{\"title\":\"\"}".length();
    assertThat(check("{\"title\":\"" + "x".repeat(room) + "\"}", "1")).isEmpty();
    assertThatThrownBy(() -> compiler.compile("{\"title\":\"" + "x".repeat(room + 1) + "\"}"))
        .hasMessageContaining("schema: must have at most 65536 bytes (got 65537)");

    assertThat(check(nested(16), "1")).isEmpty();
    assertThatThrownBy(() -> compiler.compile(nested(40)))
        .hasMessageContaining("must not nest schemas more than 32 deep");
    assertThatThrownBy(() -> compiler.compile(nested(120))).isInstanceOf(InvalidException.class);

    String pattern = "a".repeat(LinearPattern.MAX_LENGTH);
    assertThat(check("{\"pattern\":\"" + pattern + "\"}", "\"" + pattern + "\"")).isEmpty();
    assertThatThrownBy(() -> compiler.compile("{\"pattern\":\"" + pattern + "a\"}"))
        .hasMessageContaining("schema/pattern: must have at most 512 characters (got 513)");
  }

  private static String nested(int depth) {
    return "{\"not\":".repeat(depth) + "{}" + "}".repeat(depth);
  }

  @Test
  void propertyNamesAreNotKeywords() {
    String schema =
        "{\"properties\":{\"pattern\":{\"type\":\"string\"},\"enum\":{\"type\":\"array\"},"
            + "\"$ref\":{\"type\":\"string\"},\"const\":{\"properties\":{\"pattern\":{}}}},"
            + "\"examples\":[{\"$ref\":\"http://a.example\",\"pattern\":\"(\"}]}";

    assertThat(check(schema, "{\"pattern\":\"(\",\"enum\":[],\"$ref\":\"x\"}")).isEmpty();
    assertThat(check(schema, "{\"pattern\":1}")).hasSize(1);
  }
}
