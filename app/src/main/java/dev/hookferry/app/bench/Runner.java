package dev.hookferry.app.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Makes run after run, and keeps count of the promise. Not thread-safe. */
final class Runner {
  private final Plan plan;
  private final Workshop workshop;
  private final Habit habit;
  private final Consumer<String> say;
  private Tally tally = Tally.NOTHING;

  Runner(Plan plan, Workshop workshop, Habit habit, Consumer<String> say) {
    this.plan = plan;
    this.workshop = workshop;
    this.habit = habit;
    this.say = say;
  }

  Plan plan() {
    return plan;
  }

  Workshop workshop() {
    return workshop;
  }

  /** Tells the person what is being done. */
  void say(String line) {
    say.accept(line);
  }

  /** As many events as go, for a time. */
  Load most(Duration time) {
    return new Load(plan.clients(), plan.shape(), time.toMillis(), 0, habit);
  }

  /** A run against all servers; it counts. */
  RunResult run(String what, Load load) {
    RunResult result = workshop.rig().run(workshop.target(), load);
    tally = tally.plus(result.tally());
    workshop.look();
    say(String.format(Locale.ROOT, "%s: %s", what, said(result)));
    return result;
  }

  /** All runs that counted. */
  Tally tally() {
    return tally;
  }

  private static String said(RunResult result) {
    return String.format(
        Locale.ROOT, "%,.0f deliveries a second; %s", result.perSecond(), result.tally());
  }
}
