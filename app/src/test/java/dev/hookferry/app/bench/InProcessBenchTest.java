package dev.hookferry.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.app.cli.CommandResult;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The benches that run nodes in their own process; what they measure is not judged here. */
final class InProcessBenchTest {
  @Test
  void measuresRates() throws IOException {
    JsonNode report = run("--rates=1");

    assertThat(report.at("/oneNode/rates").findValues("set"))
        .extracting(JsonNode::asInt)
        .containsExactly(1_000, 100, 10, 1);
    assertThat(report.at("/oneNode/rates/0/measured").asDouble()).isPositive();
    assertThat(report.at("/oneNodeBesideMillis/p50").asDouble()).isPositive();
    assertThat(report.has("twoNodes")).as("files belong to one node").isFalse();
  }

  @Test
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void measuresLabelsAndUidsOfAnEstate() throws IOException {
    JsonNode report = run("--estate=100");

    for (String name : new String[] {"labelOfFew", "uidOfFew", "labelOfMany", "uidOfMany"}) {
      assertThat(report.path(name + "Millis").path("p50").asDouble()).as(name).isPositive();
    }
  }

  private static JsonNode run(String option) throws IOException {
    CommandResult bench = CommandResult.run("bench", option, "--json");
    assertThat(bench.code()).as(bench.toString()).isZero();
    return new ObjectMapper().readTree(bench.out());
  }

  @ParameterizedTest
  @CsvSource({
    "--rates=0, --rates: must be 1 to 3600",
    "--rates=3601, --rates: must be 1 to 3600",
    "--rates --estate, '--estate, --copy, --rates, --bodies and --signatures are mutually exclusive'",
    "--rates --store memory, --rates: needs a --store that keeps data between processes",
    "--tracing --store memory, --tracing: needs a --store that keeps data between processes",
  })
  void refusesOptionsItCannotMeasure(String options, String message) {
    CommandResult bench = CommandResult.run(("bench " + options).split(" "));

    assertThat(bench.code()).isNotZero();
    assertThat(bench.err()).contains(message);
  }
}
