package dev.hookferry.app.bench.micro;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.figures.Machine;
import dev.hookferry.app.bench.figures.Rounded;
import dev.hookferry.app.bench.run.BenchReport;
import dev.hookferry.event.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Costs of the same steps for data of 1 and of 64 KiB, as a table. Not thread-safe. */
public final class StepCosts {
  private static final List<Integer> KIBIBYTES = List.of(1, 64);

  private final String title;
  private final Map<String, Function<Payload, Supplier<?>>> steps = new LinkedHashMap<>();

  StepCosts(String title) {
    this.title = title;
  }

  /**
   * Adds a step.
   *
   * @param preparing returns the step for the given data
   */
  StepCosts step(String name, Function<Payload, Supplier<?>> preparing) {
    steps.put(name, preparing);
    return this;
  }

  /**
   * Measures all steps.
   *
   * @param window the CPU time of one of the five measurements of a step; its warm-up takes as long
   *     as all five
   * @param progress receives progress messages
   */
  public BenchReport measure(Duration window, Consumer<String> progress) {
    BenchReport report = new BenchReport();
    ObjectNode json = report.part("cpuMicros");
    report.line("Machine    " + Machine.here());
    report.line("");
    report.line(line(title, KIBIBYTES.stream().map(size -> size + " KiB").toList()));
    StepTimer timer = new StepTimer(window.multipliedBy(5), window);
    steps.forEach(
        (name, preparing) -> {
          progress.accept("measuring " + name);
          List<String> cells = new ArrayList<>();
          ObjectNode costs = json.putObject(name);
          for (int size : KIBIBYTES) {
            double micros = timer.micros(preparing.apply(SampleData.of(size * 1024)));
            costs.put(size + "KiB", Rounded.of(micros));
            cells.add(String.format(Locale.ROOT, micros < 10 ? "%.1f µs" : "%,.0f µs", micros));
          }
          report.line(line(name, cells));
        });
    return report;
  }

  private static String line(String name, List<String> cells) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-36s", name));
    cells.forEach(cell -> line.append(String.format(Locale.ROOT, "%12s", cell)));
    return line.toString();
  }
}
