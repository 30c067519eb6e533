package dev.hookferry.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.refusal.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakingChangesTest {
  private static final String BEFORE =
      "{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{\"type\":\"string\"},"
          + "\"b\":{\"type\":\"array\",\"items\":{\"type\":\"number\"}}},\"title\":\"old\"}";

  private final JsonSchemaCompiler compiler = new JsonSchemaCompiler();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"title\":\"old\"|\"title\":\"new\",\"description\":\"d\",\"examples\":[1]",
        "\"properties\":{|\"properties\":{\"c\":{\"type\":\"null\"},",
        "\"title\":\"old\"|\"$defs\":{\"x\":{}}",
        "\"type\":\"string\"|\"type\" : \"string\" , \"format\":\"email\"",
      })
  void someChangesBreakNobody(String from, String to) {
    assertThat(compiler.breakingChanges(BEFORE, BEFORE.replace(from, to))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"type\":\"string\"|\"type\":\"integer\"|schema/properties/a: changes \"type\" from"
            + " \"string\" to \"integer\"",
        "[\"a\"]|[\"a\", \"b\"]|schema: changes \"required\" from [\"a\"] to [\"a\", \"b\"]",
        "\"required\":[\"a\"],||schema: removes \"required\"",
        "\"a\":{\"type\":\"string\"},||schema/properties/a: is removed",
        "\"type\":\"number\"|\"type\":\"number\",\"minimum\":0"
            + "|schema/properties/b/items: adds \"minimum\"",
        "\"title\":\"old\"|\"additionalProperties\":false|schema: adds \"additionalProperties\"",
      })
  void otherChangesBreakSomebody(String from, String to, String change) {
    String after = BEFORE.replace(from, to == null ? "" : to);

    assertThat(compiler.breakingChanges(BEFORE, after))
        .extracting(Problem::toString)
        .containsExactly(change);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"additionalProperties\":false|is added, where other properties were ruled out",
        "\"unevaluatedProperties\":false|is added, where other properties were ruled out",
        "\"required\":[\"c\"]|is added, although it was required with any value",
        "\"dependentRequired\":{\"b\":[\"c\"]}|is added, although it was required with any value",
      })
  void aPropertyAddedWhereDataMayNotHaveItSoIsBreaking(String rule, String change) {
    assertThat(
            compiler.breakingChanges(
                "{" + rule + "}", "{" + rule + ",\"properties\":{\"c\":{\"type\":\"string\"}}}"))
        .extracting(Problem::toString)
        .containsExactly("schema/properties/c: " + change);
  }

  @Test
  void newRestrictionsAreNotReportedAsOldOnes() {
    assertThat(
            compiler.breakingChanges(
                "{}", "{\"required\":[\"c\"],\"properties\":{\"c\":{\"type\":\"string\"}}}"))
        .extracting(Problem::toString)
        .containsExactly("schema: adds \"required\"");
  }
}
