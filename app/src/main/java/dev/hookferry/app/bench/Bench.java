package dev.hookferry.app.bench;

import dev.hookferry.access.KeyText;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.function.Consumer;

/** A measurement from its start to its figures. Used once, by one thread. */
public final class Bench implements AutoCloseable {
  private final Plan plan;
  private final Habit habit;
  private final Consumer<String> say;
  private final long began = System.nanoTime();
  private final Workshop workshop;
  private Tally tally = Tally.NOTHING;

  /**
   * Prepares a measurement.
   *
   * @param say takes lines on what is being done
   * @throws BenchException if the store has data already
   */
  public Bench(Plan plan, Consumer<String> say) throws IOException {
    this(plan, Habit.GOOD, say);
  }

  /** The same with receivers of another habit, to see that it is found out. */
  Bench(Plan plan, Habit habit, Consumer<String> say) throws IOException {
    this.plan = plan;
    this.habit = habit;
    this.say = say;
    workshop = new Workshop(plan, KeyText.generate(new SecureRandom()));
  }

  /** Measures. */
  public Report run() {
    say.accept("starting the server, receivers, producers and the raw parts");
    Throughput most = throughput();
    workshop.rig().stopRaw();
    say.accept("latency at " + Math.round(rate(most)) + " events a second");
    Load half = load(plan.timing().latency()).at(rate(most), plan.clients());
    RunResult calm = run("latency", workshop.target(), half);
    Report report = new Report();
    report.about(Machine.here(), plan, workshop.store());
    report.throughput(most);
    report.latency(calm, rate(most));
    report.heap(workshop.heapMiB());
    report.tally(tally);
    return report;
  }

  private Throughput throughput() {
    Target server = workshop.target();
    Target raw = workshop.rig().startRaw();
    say.accept("warming up");
    RunResult unused = run("warm-up", server, load(plan.timing().warmUp()));
    RunResult unusedRaw =
        workshop.rig().run(raw, Load.most(plan, plan.timing().warmUp().dividedBy(2)));
    Throughput most = new Throughput(new ArrayList<>(), new ArrayList<>());
    do {
      RunResult through = run("whole", server, load(plan.timing().window()));
      RunResult bare = workshop.rig().run(raw, Load.most(plan, plan.timing().window()));
      say.accept(
          String.format(Locale.ROOT, "raw parts: %,.0f deliveries a second", bare.perSecond()));
      most.add(through, bare);
    } while (most.whole().size() < plan.timing().repeats() && isTimeLeft());
    return most;
  }

  private boolean isTimeLeft() {
    return System.nanoTime() - began < plan.timing().longest().toNanos();
  }

  private double rate(Throughput most) {
    return plan.rate() > 0 ? plan.rate() : most.wholePerSecond().median() / 2;
  }

  /** As the receivers of this measurement behave. */
  private Load load(Duration time) {
    return Load.most(plan, time).with(habit);
  }

  private RunResult run(String what, Target target, Load load) {
    RunResult result = workshop.rig().run(target, load);
    tally = tally.plus(result.tally());
    workshop.look();
    say.accept(
        String.format(
            Locale.ROOT,
            "%s: %,.0f deliveries a second; %s",
            what,
            result.perSecond(),
            result.tally()));
    return result;
  }

  @Override
  public void close() {
    workshop.close();
  }
}
