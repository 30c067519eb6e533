package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.figures.Rounded;
import dev.hookferry.app.bench.figures.Spread;
import dev.hookferry.app.bench.load.BenchException;
import dev.hookferry.app.bench.load.LoadProfile;
import dev.hookferry.app.bench.load.ReceiverProfile;
import dev.hookferry.app.bench.load.ServerUnderTest;
import dev.hookferry.app.bench.wire.RequestShape;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures the effect of many held deliveries in the store. */
public record BacklogMode(int waiting) implements BenchMode {
  private static final int ENDPOINTS = 8;
  private static final int SITE = 900;
  private static final int BATCH = 100;
  private static final Duration MAX_TIME = Duration.ofHours(1);

  @Override
  public void measure(BenchRunner runner, Baseline baseline, BenchReport report) {
    runner.say("filling the store with " + waiting + " held deliveries");
    fill(runner);
    RunResult unused = runner.run("warm-up", runner.most(runner.plan().timing().window()));
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < runner.plan().timing().repeats(); i++) {
      values.add(
          runner.run("with backlog", runner.most(runner.plan().timing().window())).perSecond());
    }
    Spread spread = new Spread(values);
    double ratio = spread.median() / baseline.perSecond();
    ObjectNode part = report.part("backlog");
    part.put("waiting", waiting).put("ofUsual", Rounded.of(ratio));
    part.put("heapMiB", Math.round(runner.workshop().heapMiB()));
    spread.writeTo(part.putObject("perSecond"));
    report.line(
        String.format(
            Locale.ROOT,
            "Backlog    %,d waiting: %s, %.2f of that without backlog",
            waiting,
            spread.text("%,.0f", " deliveries per second"),
            ratio));
  }

  /** Fills the store by publishing to paused endpoints. */
  private void fill(BenchRunner runner) {
    BenchWorkspace workshop = runner.workshop();
    ServerUnderTest server = workshop.servers().get(0);
    SubscriptionScheme scheme = new SubscriptionScheme(ENDPOINTS, false, SITE, 0);
    SubscriptionSetup.make(server.client(), scheme, workshop.rig().open(ENDPOINTS));
    SubscriptionSetup.change(
        server.client(), scheme, JsonNodeFactory.instance.objectNode().put("enabled", false));
    LoadProfile load = runner.most(MAX_TIME);
    RequestShape shape = new RequestShape(runner.plan().shape().size(), BATCH);
    workshop.rig().expect(ReceiverProfile.GOOD);
    JsonNode replies =
        workshop
            .rig()
            .publish(
                workshop.target(),
                scheme,
                new LoadProfile(load.clients(), shape, load.millis(), 0, load.profile()),
                waiting);
    int accepted = RunResult.bits(replies, "accepted").cardinality();
    if (accepted < waiting) {
      throw new BenchException("only " + accepted + " of " + waiting + " events were accepted");
    }
  }
}
