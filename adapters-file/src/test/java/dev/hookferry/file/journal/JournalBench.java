package dev.hookferry.file.journal;

import dev.hookferry.contract.support.Jmh;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.Payload;
import dev.hookferry.file.record.BatchBuffer;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.PublishEntry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Cost of a line of the journal before it is written, in batches as a busy server makes them. Run
 * by name only, not with the tests.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JournalBench {
  static final int BATCH = 100;

  private final Samples samples = new Samples(7);
  private final Event event =
      samples.event(
          Samples.SITE,
          EventCatalog.QLM_EVENTS.get(1),
          Payload.of("{\"fill\":\"" + "x".repeat(1013) + "\"}"));
  private final Delivery delivery = samples.delivery(event);
  private final PublishEntry.Entry entry =
      new PublishEntry.Entry(event, List.of(new PublishEntry.Queued(delivery, true)));
  private final Attempt attempt = samples.attempt(delivery, samples.success());
  private final AttemptResult result =
      new AttemptResult(delivery.delivered(samples.now()), attempt);
  private final BatchBuffer lines = new BatchBuffer();

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int event() {
    lines.begin(0, 0);
    for (int i = 0; i < BATCH; i++) {
      lines.event(entry);
    }
    return end();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int attempt() {
    lines.begin(0, 0);
    for (int i = 0; i < BATCH; i++) {
      lines.change(result, 1);
    }
    return end();
  }

  private int end() {
    lines.end(samples.now());
    return lines.size();
  }

  @Test
  void measure() throws RunnerException {
    Jmh.run(getClass());
  }
}
