package dev.hookferry.app.cli.server;

import dev.hookferry.app.bench.Bench;
import dev.hookferry.app.bench.load.BenchException;
import dev.hookferry.app.bench.run.BenchPlan;
import dev.hookferry.app.bench.run.BenchReport;
import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.OutputOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
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
      "Checks that all that was acknowledged arrived, once; exit code 1 if it did not."
    })
public final class BenchCommand implements Callable<Integer> {
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private PlanOptions options = new PlanOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Also writes the JSON, the text and a picture of each latency there.")
  private @Nullable Path out;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    BenchPlan plan = options.plan();
    if (out != null) {
      // Before minutes of work, of which nothing could be kept.
      Files.createDirectories(out);
    }
    try (Bench bench = new Bench(plan, this::progress)) {
      BenchReport report = bench.run();
      if (output.json()) {
        output.print(report.json());
      } else {
        report.lines().forEach(output::line);
      }
      if (out != null) {
        report.write(out);
      }
      return ExitCode.of(report.isKept());
    } catch (BenchException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  /** Beside the result, which may go into a file. */
  private void progress(String line) {
    PrintWriter err = Objects.requireNonNull(spec, "not parsed").commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
