package dev.hookferry.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Many deliveries wait in the retry queue, due in a day: what does the rest notice? */
record BacklogMode(int waiting) implements Mode {
  private static final int ENDPOINTS = 8;
  private static final int SITE = 900;
  private static final int BATCH = 100;
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final long LOOK_MILLIS = 100;

  @Override
  public void measure(Runner runner, Usual usual, Report report) {
    runner.say("filling the retry queue with " + waiting + " deliveries");
    fill(runner);
    RunResult unused = runner.run("warm-up", runner.most(runner.plan().timing().window()));
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < runner.plan().timing().repeats(); i++) {
      values.add(
          runner.run("with backlog", runner.most(runner.plan().timing().window())).perSecond());
    }
    Spread spread = new Spread(values);
    double ratio = spread.median() / usual.perSecond();
    ObjectNode part = report.part("backlog");
    part.put("waiting", waiting).put("ofUsual", Rounded.of(ratio));
    part.put("heapMiB", Math.round(runner.workshop().heapMiB()));
    spread.into(part.putObject("perSecond"));
    report.line(
        String.format(
            Locale.ROOT,
            "Backlog    %,d waiting: %s, %.2f of that with none",
            waiting,
            spread.text("%,.0f", " deliveries a second"),
            ratio));
  }

  /** Publishes to endpoints that answer 503, and waits until that is in the log. */
  private void fill(Runner runner) {
    Workshop workshop = runner.workshop();
    ServerUnderTest server = workshop.servers().get(0);
    Scheme scheme = new Scheme(ENDPOINTS, false, SITE);
    Subscriptions.make(server.client(), scheme, workshop.rig().open(ENDPOINTS));
    long before = server.metrics().refused();
    Load load = runner.most(LONGEST);
    Shape shape = new Shape(runner.plan().shape().size(), BATCH);
    workshop.rig().expect(Habit.GOOD.refusingAfter(runner.plan().scheme().endpoints()));
    JsonNode answers =
        workshop
            .rig()
            .publish(
                workshop.target(),
                scheme,
                new Load(load.clients(), shape, load.millis(), 0, load.habit()),
                waiting);
    int accepted = RunResult.bits(answers, "accepted").cardinality();
    long since = System.nanoTime();
    long last = before;
    while (last - before < accepted) {
      Pause.millis(LOOK_MILLIS);
      long now = server.metrics().refused();
      since = now > last ? System.nanoTime() : since;
      last = now;
      if (System.nanoTime() - since > runner.plan().timing().patience().toNanos()) {
        throw new BenchException(
            "only " + (last - before) + " of " + accepted + " deliveries came into the queue");
      }
    }
  }
}
