package dev.hookferry.app.bench.run;

import dev.hookferry.app.bench.figures.DeliveryTally;
import dev.hookferry.app.bench.load.LoadProfile;
import dev.hookferry.app.bench.load.ReceiverProfile;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Executes runs and accumulates their verification. Not thread-safe. */
public final class BenchRunner {
  private static final double NANOS_A_MICRO = 1e3;

  private final BenchPlan plan;
  private final BenchWorkspace workshop;
  private final ReceiverProfile profile;
  private final Consumer<String> progress;
  private DeliveryTally tally = DeliveryTally.NOTHING;

  public BenchRunner(
      BenchPlan plan, BenchWorkspace workshop, ReceiverProfile profile, Consumer<String> progress) {
    this.plan = plan;
    this.workshop = workshop;
    this.profile = profile;
    this.progress = progress;
  }

  BenchPlan plan() {
    return plan;
  }

  BenchWorkspace workshop() {
    return workshop;
  }

  /** Prints progress. */
  public void say(String line) {
    progress.accept(line);
  }

  /** Returns a load at maximum rate for a duration. */
  public LoadProfile most(Duration time) {
    return new LoadProfile(plan.clients(), plan.shape(), time.toMillis(), 0, profile);
  }

  /** Executes a run against all servers and includes it in the verification. */
  public RunResult run(String what, LoadProfile load) {
    return verified(what, workshop.rig().run(workshop.target(), load));
  }

  /**
   * Executes a run with another scheme, whose endpoints have the same ports.
   *
   * @param inOrder whether the endpoints keep the order of ordering keys, which is then verified
   */
  RunResult run(String what, SubscriptionScheme scheme, LoadProfile load, boolean inOrder) {
    RunResult result = workshop.rig().run(workshop.target(), scheme, load);
    return verified(what, inOrder ? result.judgedByOrder() : result);
  }

  private RunResult verified(String what, RunResult result) {
    tally = tally.plus(result.tally());
    workshop.look();
    say(String.format(Locale.ROOT, "%s: %s", what, said(result)));
    return result;
  }

  /**
   * Returns the CPU time that all servers have used so far, in microseconds; zero if the system
   * does not report it.
   */
  public double cpuMicros() {
    return workshop.servers().stream()
        .mapToDouble(server -> server.cpu().toNanos() / NANOS_A_MICRO)
        .sum();
  }

  /** Returns the combined verification of all runs. */
  public DeliveryTally tally() {
    return tally;
  }

  private static String said(RunResult result) {
    return String.format(
        Locale.ROOT, "%,.0f deliveries per second; %s", result.perSecond(), result.tally());
  }
}
