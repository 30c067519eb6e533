package dev.hookferry.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.bench.load.BenchException;
import dev.hookferry.app.bench.load.ReceiverProfile;
import dev.hookferry.app.bench.run.BenchPlan;
import dev.hookferry.app.bench.run.BenchReport;
import dev.hookferry.app.bench.wire.RequestShape;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import dev.hookferry.app.config.StoreConfig.InFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A whole measurement, too short for its figures to mean anything. */
final class BenchTest {
  @TempDir private Path folder;

  private static BenchPlan plan(Path folder, Duration patience, BenchPlan.Modes modes) {
    BenchPlan.BenchTiming timing =
        new BenchPlan.BenchTiming(
            Duration.ofMillis(200),
            Duration.ofMillis(400),
            1,
            Duration.ofMillis(400),
            Duration.ofMinutes(5),
            patience);
    return new BenchPlan(
        new InFiles(folder.resolve("store")),
        new SubscriptionScheme(3, false),
        4,
        new RequestShape(256, 1),
        timing,
        100,
        "256m",
        modes);
  }

  @Test
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void measuresAndVerifiesItself() throws IOException {
    BenchPlan.Modes everything =
        new BenchPlan.Modes(20, 34, 1, 2, 5, true, true, true, true, true, 6, false);
    try (Bench bench = new Bench(plan(folder, Duration.ofMinutes(1), everything), line -> {})) {
      BenchReport report = bench.run();
      JsonNode json = report.json();
      assertThat(report.isKept()).as(json.toPrettyString()).isTrue();
      assertThat(json.path("store").asText()).isEqualTo("file");
      assertThat(json.path("acknowledged").asLong())
          .isPositive()
          .isEqualTo(json.path("delivered").asLong())
          .isEqualTo(json.path("logged").asLong());
      assertThat(json.path("lost").asLong()).isZero();
      assertThat(json.path("duplicates").asLong()).isZero();
      assertThat(json.path("endToEndPerSecond").asLong()).isPositive();
      assertThat(json.path("rawPartsPerSecond").asLong()).isPositive();
      assertThat(json.path("ratio").asDouble()).isPositive();
      assertThat(json.at("/cpuMicrosPerEvent/median").asDouble()).isPositive();
      assertThat(json.path("heapMiB").asLong()).isPositive();
      assertThat(json.path("cores").asInt()).isPositive();
      assertThat(json.path("jdk").asText()).contains(System.getProperty("java.version"));
      JsonNode latency = json.path("acceptToSentMillis");
      assertThat(latency.path("p99").asDouble())
          .isGreaterThanOrEqualTo(latency.path("p50").asDouble())
          .isPositive();
      assertThat(json.path("overload").path("acceptedPerSecond").asLong()).isPositive();
      assertThat(json.path("backlog").path("waiting").asInt()).isEqualTo(20);
      assertThat(json.path("hanging").path("hanging").asInt()).isEqualTo(1);
      assertThat(json.path("filters").path("count").asInt()).isEqualTo(5);
      assertThat(json.at("/schemas/checkMicros").asDouble()).isPositive();
      assertCosts(json);
      assertThat(json.at("/ordered/keys").asInt()).isEqualTo(6);
      assertThat(json.at("/ordered/ofUsual").asDouble()).isPositive();
      assertThat(json.path("outOfOrder").asInt(-1)).isZero();
      assertThat(report.lines()).anyMatch(line -> line.startsWith("verified: "));
      report.write(folder.resolve("out"));
      assertThat(folder.resolve("out/bench.json")).content().contains("\"verified\" : true");
      assertThat(folder.resolve("out/publishToArrival.svg")).content().startsWith("<svg");
    }
  }

  private static void assertCosts(JsonNode json) {
    for (String mode :
        new String[] {"filters", "schemas", "search", "egress", "metrics", "tracing"}) {
      assertThat(json.at("/" + mode + "/cpuMicrosPerEvent/median").asDouble()).isPositive();
    }
    assertThat(json.at("/metrics/reads").asInt()).isPositive();
    assertThat(json.at("/metrics/kibibytesPerRead").asDouble()).isPositive();
    assertThat(json.at("/metrics/cpuMillisPerRead").asDouble()).isPositive();
    assertThat(json.at("/tracing/spansPerEvent").asDouble()).isEqualTo(1);
    assertThat(json.at("/tracing/spansDropped").asInt(-1)).isZero();
  }

  @Test
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void saysSoWhenAnEventIsLostAndAnotherComesTwice() throws IOException {
    ReceiverProfile bad = new ReceiverProfile(0, Integer.MAX_VALUE, 1, 2);
    try (Bench bench =
        new Bench(plan(folder, Duration.ofSeconds(1), BenchPlan.Modes.NONE), bad, line -> {})) {
      BenchReport report = bench.run();
      assertThat(report.isKept()).isFalse();
      assertThat(report.json().path("lost").asLong()).isPositive();
      assertThat(report.json().path("duplicates").asLong()).isPositive();
      assertThat(report.json().path("verified").asBoolean(true)).isFalse();
      assertThat(report.lines()).anyMatch(line -> line.startsWith("NOT AS PROMISED: "));
    }
  }

  @Test
  void leavesANonEmptyStoreUntouched() throws IOException {
    Path store = Files.createDirectory(folder.resolve("store"));
    Files.writeString(store.resolve("journal"), "precious");
    assertThatThrownBy(
            () ->
                new Bench(plan(folder, Duration.ofSeconds(1), BenchPlan.Modes.NONE), line -> {})
                    .close())
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("--store")
        .hasMessageContaining("not empty");
    assertThat(store.resolve("journal")).hasContent("precious");
  }
}
