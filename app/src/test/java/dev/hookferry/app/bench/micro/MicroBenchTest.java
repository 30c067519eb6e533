package dev.hookferry.app.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.bench.run.BenchReport;
import dev.hookferry.body.BodyFormat;
import dev.hookferry.signing.SignatureProfile;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reports of the benches of bodies and signatures; the figures are not judged. */
class MicroBenchTest {
  @Test
  void measuresEveryFormatForBothSizes() {
    BenchReport report = BodiesBench.costs().measure(Duration.ofMillis(1), line -> {});
    JsonNode costs = report.json().path("cpuMicros");
    Stream.of(BodyFormat.values())
        .filter(format -> format != BodyFormat.MAPPER)
        .forEach(format -> assertCosts(costs, format.code()));
    assertThat(report.lines()).anyMatch(line -> line.matches("template +[0-9.,]+ µs +[0-9,]+ µs"));
  }

  @Test
  void measuresEverySignature() {
    BenchReport report = SignaturesBench.costs().measure(Duration.ofMillis(1), line -> {});
    JsonNode costs = report.json().path("cpuMicros");
    Stream.of(SignatureProfile.values()).forEach(profile -> assertCosts(costs, profile.code()));
    assertCosts(costs, "http-message-signatures, ed25519");
  }

  private static void assertCosts(JsonNode costs, String name) {
    assertThat(costs.path(name).path("1KiB").asDouble()).as(name).isPositive();
    assertThat(costs.path(name).path("64KiB").asDouble()).as(name).isPositive();
  }
}
