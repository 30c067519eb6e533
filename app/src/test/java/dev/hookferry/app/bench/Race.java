package dev.hookferry.app.bench;

import dev.hookferry.app.bench.figures.DeliveryTally;
import dev.hookferry.app.bench.figures.Machine;
import dev.hookferry.app.bench.figures.Spread;
import dev.hookferry.app.bench.load.ReceiverProfile;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import dev.hookferry.app.text.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** All contenders in turns on the same database and the same receivers. Not thread-safe. */
final class Race implements AutoCloseable {
  private static final int ENDPOINTS = 10;

  private final Course course;
  private final Consumer<String> say;
  private final FinishLine line;
  private final BenchedServer ours;
  private final Map<Contender, List<Contender.Lap>> laps = new LinkedHashMap<>();

  /**
   * Conditions shared by all contenders.
   *
   * @param url of an empty database
   * @param workers of a rival; Hookferry has none
   * @param size bytes of an event's data
   * @param heap of a contender's process
   * @param patience how long nothing may arrive before what is missing counts as lost
   */
  record Course(String url, int workers, int size, String heap, Duration patience) {}

  /**
   * Starts all.
   *
   * @param say takes a line on every lap
   */
  Race(Path folder, Course course, Consumer<String> say) {
    this.course = course;
    this.say = say;
    line = new FinishLine(folder, new SubscriptionScheme(ENDPOINTS, false), course.patience());
    ours = new BenchedServer(folder, course, line);
    try {
      add(new PreloadedHookferry(ours, line));
      add(new HookferryWithIntake(ours, line));
      add(new RivalRun(RivalPart.DB_SCHEDULER, folder, course, line));
      add(new RivalRun(RivalPart.JOB_RUNR, folder, course, line));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void add(Contender contender) {
    laps.put(contender, new ArrayList<>());
  }

  List<Contender> contenders() {
    return List.copyOf(laps.keySet());
  }

  /** Laps of each that do not count, for so long: who is fast needs more of them to be warm. */
  void warmUp(int jobs, Duration atLeast) {
    for (Contender contender : contenders()) {
      long began = System.nanoTime();
      do {
        Contender.Lap unused = lap("warm-up", contender, jobs);
      } while (System.nanoTime() - began < atLeast.toNanos());
    }
  }

  /** So many laps of each, in turns. */
  void run(int jobs, int repeats) {
    for (int i = 1; i <= repeats; i++) {
      String which = "lap " + i;
      laps.forEach((contender, list) -> list.add(lap(which, contender, jobs)));
    }
  }

  private Contender.Lap lap(String which, Contender contender, int jobs) {
    long began = System.nanoTime();
    Contender.Lap lap = contender.lap(jobs, ReceiverProfile.GOOD);
    say.accept(
        String.format(
            Locale.ROOT,
            "%s of %s: %,.0f jobs a second, %.1f s with all around it",
            which,
            contender.name(),
            lap.perSecond(),
            (System.nanoTime() - began) / 1e9));
    return lap;
  }

  /** Whether every job of every counted lap arrived once. */
  boolean isKept() {
    return laps.values().stream().flatMap(List::stream).allMatch(lap -> lap.tally().isKept());
  }

  /** Returns the report as text. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Machine    " + Machine.here());
    lines.add(
        "Load       "
            + course.size()
            + " bytes a job, "
            + ENDPOINTS
            + " endpoints, "
            + course.workers()
            + " workers of a rival, heap of "
            + course.heap());
    Table table =
        Table.of("", "jobs a second", "ready / this", "with intake / this", "each arrived once");
    for (Contender contender : contenders()) {
      table.row(
          contender.name(),
          new Spread(figures(contender)).text("%,.0f", ""),
          ratio(contenders().get(0), contender),
          ratio(contenders().get(1), contender),
          tally(contender));
    }
    lines.addAll(table.lines());
    return lines;
  }

  /** Of neighbours; nothing among ourselves. */
  private String ratio(Contender one, Contender other) {
    if (!(other instanceof RivalRun)) {
      return "";
    }
    List<Double> above = figures(one);
    List<Double> below = figures(other);
    return new Spread(
            IntStream.range(0, below.size()).mapToObj(i -> above.get(i) / below.get(i)).toList())
        .text("%.1f", "");
  }

  private DeliveryTally tally(Contender contender) {
    return laps.get(contender).stream()
        .map(Contender.Lap::tally)
        .reduce(DeliveryTally.NOTHING, DeliveryTally::plus);
  }

  private List<Double> figures(Contender contender) {
    return laps.get(contender).stream().map(Contender.Lap::perSecond).toList();
  }

  @Override
  public void close() {
    laps.keySet().forEach(Contender::close);
    ours.close();
    line.close();
  }
}
