package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.figures.Rounded;
import dev.hookferry.app.bench.load.LoadProfile;
import dev.hookferry.app.bench.load.ServerUnderTest;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures the cost of reading {@code /metrics}; a server collects metrics even if they are never
 * read. Runs with and without a read every second alternate. Afterwards, the idle server's metrics
 * are read many times to determine the CPU time of one read.
 */
public record MetricsMode() implements BenchMode {
  private static final int IDLE_READS = 200;

  @Override
  public void measure(BenchRunner runner, Baseline baseline, BenchReport report) {
    ServerUnderTest server = runner.workshop().servers().get(0);
    LoadProfile load = runner.most(runner.plan().timing().window());
    CostComparison comparison = new CostComparison(runner);
    AtomicInteger reads = new AtomicInteger();
    for (int i = 0; i < runner.plan().timing().repeats(); i++) {
      comparison.without(() -> runner.run("without reading metrics", load));
      comparison.with(() -> readEverySecond(runner, load, server, reads));
    }
    ObjectNode part = report.part("metrics").put("reads", reads.get());
    comparison.report(report, part, "Metrics    read every second");
    reportOneRead(server, part, report);
  }

  private static RunResult readEverySecond(
      BenchRunner runner, LoadProfile load, ServerUnderTest server, AtomicInteger reads) {
    ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor();
    try {
      var unused = reader.scheduleAtFixedRate(() -> read(server, reads), 0, 1, TimeUnit.SECONDS);
      return runner.run("with metrics read every second", load);
    } finally {
      reader.shutdownNow();
    }
  }

  private static void read(ServerUnderTest server, AtomicInteger reads) {
    if (!server.metrics().lines().isEmpty()) {
      int unused = reads.incrementAndGet();
    }
  }

  private static void reportOneRead(ServerUnderTest server, ObjectNode part, BenchReport report) {
    long bytes = 0;
    long before = server.cpu().toNanos();
    for (int i = 0; i < IDLE_READS; i++) {
      bytes += server.metrics().bytes();
    }
    double cpuMillis = (server.cpu().toNanos() - before) / 1e6 / IDLE_READS;
    double kibibytes = bytes / 1024.0 / IDLE_READS;
    part.put("cpuMillisPerRead", Rounded.of(cpuMillis));
    part.put("kibibytesPerRead", Rounded.of(kibibytes));
    report.line(
        String.format(
            Locale.ROOT,
            "           a read takes %.2f ms of CPU time, and has %.0f KiB",
            cpuMillis,
            kibibytes));
  }
}
