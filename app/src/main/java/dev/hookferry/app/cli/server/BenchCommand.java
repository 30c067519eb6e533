package dev.hookferry.app.cli.server;

import dev.hookferry.app.bench.Bench;
import dev.hookferry.app.bench.inprocess.CopyBench;
import dev.hookferry.app.bench.inprocess.LargeConfigBench;
import dev.hookferry.app.bench.inprocess.RatesBench;
import dev.hookferry.app.bench.load.BenchException;
import dev.hookferry.app.bench.micro.BodiesBench;
import dev.hookferry.app.bench.micro.SignaturesBench;
import dev.hookferry.app.bench.micro.StepCosts;
import dev.hookferry.app.bench.run.BenchPlan;
import dev.hookferry.app.bench.run.BenchReport;
import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "bench",
    description = {
      "Measures this machine: a real server, receivers and producers, each in its own process.",
      "Verifies that every acknowledged event arrived exactly once; otherwise exits with code 1."
    })
public final class BenchCommand implements Callable<Integer> {
  /** Duration of each of the five measurements of a body or signature. */
  private static final Duration WINDOW = Duration.ofMillis(100);

  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private PlanOptions options = new PlanOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Also writes the JSON, the text and a chart of each latency to this directory.")
  private @Nullable Path out;

  @Option(
      names = "--estate",
      arity = "0..1",
      fallbackValue = "100000",
      paramLabel = "N",
      description = {
        "Measures a large configuration instead: N endpoints, ten per site (default: 100000).",
        "Reports changes, routing, memory, start-up, propagation to another node, labels and uids."
      })
  private @Nullable Integer estate;

  @Option(
      names = "--rates",
      arity = "0..1",
      fallbackValue = "20",
      paramLabel = "SECONDS",
      description = {
        "Measures rate limits instead, each for this many seconds (default: 20): endpoints",
        "limited to 1, 10, 100 and 1,000 requests per second, on one node, and on two",
        "if the store is PostgreSQL or MariaDB."
      })
  private @Nullable Integer rates;

  @Option(
      names = "--copy",
      arity = "0..1",
      fallbackValue = "300000",
      paramLabel = "N",
      description = {
        "Measures copies instead: a history of N deliveries from files to the store and back",
        "(default: 300000), each of an event of --size bytes."
      })
  private @Nullable Integer copy;

  @Option(
      names = "--bodies",
      description = {
        "Measures the CPU time of a body instead, in each format and by a template,",
        "for data of 1 and 64 KiB. Needs no store."
      })
  private boolean bodies;

  @Option(
      names = "--signatures",
      description = {
        "Measures the CPU time of a signature instead, by each profile,",
        "for bodies of 1 and 64 KiB.",
        "Needs no store."
      })
  private boolean signatures;

  @Spec private @Nullable CommandSpec spec;

  private @Nullable BenchProgress progress;

  @Override
  public Integer call() throws IOException {
    BenchPlan plan = options.plan();
    if (out != null) {
      // Fails now rather than after minutes of work that could not be saved.
      Files.createDirectories(out);
    }
    try {
      BenchReport report = watched(plan);
      if (output.json()) {
        output.print(report.json());
      } else {
        report.lines().forEach(output::line);
      }
      if (out != null) {
        report.write(out);
      }
      return ExitCode.of(isOther() || report.isKept());
    } catch (BenchException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  /** Shows the remaining time of the plain bench only; that of others depends on the machine. */
  private BenchReport watched(BenchPlan plan) throws IOException {
    boolean isPlain = !isOther() && plan.modes().equals(BenchPlan.Modes.NONE);
    Duration expected = isPlain ? plan.timing().expected() : Duration.ZERO;
    // A copy draws its own progress.
    boolean isDrawn = output.terminal().isInteractive() && copy == null;
    try (BenchProgress shown = new BenchProgress(err(), isDrawn, expected)) {
      progress = shown;
      return report(plan);
    }
  }

  /** Returns whether the selected bench is one that does not verify deliveries. */
  private boolean isOther() {
    return others() > 0;
  }

  private long others() {
    long measured = Stream.of(estate, copy, rates).filter(Objects::nonNull).count();
    return measured + (bodies ? 1 : 0) + (signatures ? 1 : 0);
  }

  private BenchReport report(BenchPlan plan) throws IOException {
    if (others() > 1) {
      throw InvalidException.of(
          "", "--estate, --copy, --rates, --bodies and --signatures are mutually exclusive");
    }
    if (bodies || signatures) {
      StepCosts costs = bodies ? BodiesBench.costs() : SignaturesBench.costs();
      return costs.measure(WINDOW, this::progress);
    }
    if (copy != null) {
      return copy(plan, copy);
    }
    if (rates != null) {
      return rates(plan, rates);
    }
    return estate == null ? measured(plan) : estate(plan, estate);
  }

  private BenchReport copy(BenchPlan plan, int deliveries) {
    if (deliveries < 100 || deliveries > 100_000_000) {
      throw InvalidException.of("--copy", "must be 100 to 100000000");
    }
    return CopyBench.run(plan.store(), deliveries, plan.shape().size(), err());
  }

  private BenchReport rates(BenchPlan plan, int seconds) {
    if (seconds < 1 || seconds > 3_600) {
      throw InvalidException.of("--rates", "must be 1 to 3600");
    }
    return RatesBench.run(plan.store(), seconds, this::progress);
  }

  private BenchReport measured(BenchPlan plan) throws IOException {
    try (Bench bench = new Bench(plan, this::progress)) {
      return bench.run();
    }
  }

  private BenchReport estate(BenchPlan plan, int endpoints) {
    if (endpoints < 100 || endpoints > 1_000_000) {
      throw InvalidException.of("--estate", "must be 100 to 1000000");
    }
    return LargeConfigBench.run(plan.store(), endpoints, this::progress);
  }

  /** Progress goes to standard error, because the result may be redirected to a file. */
  private void progress(String line) {
    Objects.requireNonNull(progress, "running").line(line);
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec, "not parsed").commandLine().getErr();
  }
}
