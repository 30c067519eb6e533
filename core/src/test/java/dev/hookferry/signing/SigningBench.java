package dev.hookferry.signing;

import dev.hookferry.contract.support.Jmh;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.RunnerException;

/** Cost of a signature. Run by name only, not with the tests. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SigningBench {
  private final EventId id = new EventId("evt_01jx0000000000000000000000");
  private final Instant time = Instant.parse("2026-04-29T16:39:49Z");
  private final List<StandardSecret> secrets = List.of(StandardSecret.generate(new Random(1)));

  @Param({"1024", "16384"})
  private int size = 1024;

  private Payload body = Payload.empty();

  @Setup
  public void fill() {
    body = Payload.of("x".repeat(size));
  }

  @Benchmark
  public String qlm() {
    return QlmSignature.of(body, "a secret of the site");
  }

  @Benchmark
  public String standard() {
    return StandardSignature.of(id, time, body, secrets);
  }

  @Test
  void measure() throws RunnerException {
    Jmh.run(getClass());
  }
}
