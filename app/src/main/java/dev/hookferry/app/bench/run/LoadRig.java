package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.figures.DeliveryTally;
import dev.hookferry.app.bench.load.BenchException;
import dev.hookferry.app.bench.load.BenchPart;
import dev.hookferry.app.bench.load.LoadProfile;
import dev.hookferry.app.bench.load.PartProcess;
import dev.hookferry.app.bench.load.PartProtocol;
import dev.hookferry.app.bench.load.Pause;
import dev.hookferry.app.bench.load.ProducerTask;
import dev.hookferry.app.bench.load.PublishTarget;
import dev.hookferry.app.bench.load.ReceiverProfile;
import dev.hookferry.app.bench.wire.Micros;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The producer, receiver and raw-parts processes of a bench. Not thread-safe. */
public final class LoadRig implements AutoCloseable {
  private static final String SMALL = "512m";

  private static final long LOOK_MILLIS = 10;

  private final String key;
  private final SubscriptionScheme scheme;
  private final Duration timeout;
  private final PartProcess receiver;
  private final PartProcess producer;
  private final PartProcess raw;
  private final List<Integer> receiverPorts = new ArrayList<>();
  private int runs;

  LoadRig(Path folder, BenchPlan plan, String key) {
    this.key = key;
    scheme = plan.scheme();
    timeout = plan.timing().patience();
    receiver = PartProcess.start(folder, BenchPart.RECEIVER, SMALL);
    producer = PartProcess.start(folder, BenchPart.PRODUCER, SMALL);
    raw = PartProcess.start(folder, BenchPart.RAW, SMALL);
    receiverPorts.addAll(open(scheme.endpoints()));
  }

  /** Opens endpoints in addition to those of the scheme. */
  List<Integer> open(int count) {
    List<Integer> ports = new ArrayList<>();
    receiver
        .ask("open", node().put("count", count))
        .path("ports")
        .forEach(port -> ports.add(port.asInt()));
    return ports;
  }

  /** Starts a collector of spans, unless it runs already, and returns its base URL. */
  String startCollector() {
    return receiver.ask("collect", node()).path("url").asText();
  }

  /** Returns how many spans have reached the collector so far. */
  long spans() {
    return receiver.ask("spans", node()).path("spans").asLong();
  }

  /** Returns the ports of the endpoints, in task. */
  List<Integer> receiverPorts() {
    return List.copyOf(receiverPorts);
  }

  /** Starts the raw parts. */
  public PublishTarget startRaw() {
    ObjectNode with = scheme.writeTo(node()).put("key", key);
    ArrayNode ports = with.putArray("ports");
    receiverPorts.forEach(ports::add);
    return new PublishTarget(List.of(raw.ask("start", with).path("port").asInt()), List.of());
  }

  /** Stops the raw parts, to free memory and CPU for the next measurement. */
  public void stopRaw() {
    raw.close();
  }

  /** Publishes, then waits until everything arrived and is logged, or nothing more arrives. */
  public RunResult run(PublishTarget target, LoadProfile load) {
    return run(target, scheme, load);
  }

  /** Runs with another scheme, whose endpoints have the same ports. */
  RunResult run(PublishTarget target, SubscriptionScheme by, LoadProfile load) {
    expect(by, load.profile());
    long loggedBefore = target.logged();
    JsonNode replies = publish(target, by, load, ProducerTask.NO_END);
    BitSet expected = RunResult.expected(replies, by, load.profile());
    awaitArrivals(expected.cardinality());
    JsonNode arrivals = receiver.ask("report", node());
    BitSet arrived = RunResult.bits(arrivals, "seen");
    long endMicros = arrivals.path("lastMicros").asLong();
    long logged = arrived.cardinality();
    if (target.hasLog()) {
      logged = awaitLogged(target, loggedBefore, arrived.cardinality());
      endMicros = Math.max(endMicros, nowMicros());
    }
    long tooOften = arrivals.path("duplicates").asLong() + arrivals.path("unexpected").asLong();
    DeliveryTally tally = DeliveryTally.of(expected, arrived, logged, tooOften);
    return new RunResult(tally, replies, arrivals, logged, endMicros);
  }

  /** Starts a run; receivers count arrivals from earlier runs as unexpected. */
  void expect(ReceiverProfile profile) {
    expect(scheme, profile);
  }

  private void expect(SubscriptionScheme by, ReceiverProfile profile) {
    runs++;
    ObjectNode with = by.writeTo(node()).put("run", runs);
    profile.writeTo(with.putObject("habit"));
    JsonNode unused = receiver.ask("expect", with);
  }

  /** Publishes up to a number of events without checking arrivals. */
  JsonNode publish(PublishTarget target, SubscriptionScheme by, LoadProfile load, int max) {
    ProducerTask task =
        new ProducerTask(
            runs,
            by,
            target.ports(),
            key,
            load.clients(),
            load.shape(),
            load.millis(),
            load.rate(),
            max);
    JsonNode replies = producer.ask("run", task.writeTo(node()));
    requireGoodReplies(replies);
    return replies;
  }

  private static void requireGoodReplies(JsonNode replies) {
    if (replies.path("failed").asLong() > 0) {
      throw new BenchException(
          replies.path("failed").asLong()
              + " events were not accepted; the first response: "
              + replies.path("why").asText());
    }
  }

  private void awaitArrivals(int expected) {
    long last = -1;
    long since = System.nanoTime();
    while (last < expected && System.nanoTime() - since < timeout.toNanos()) {
      long arrived = receiver.ask("count", node()).path("arrived").asLong();
      if (arrived > last) {
        last = arrived;
        since = System.nanoTime();
      }
      if (arrived < expected) {
        Pause.millis(LOOK_MILLIS);
      }
    }
  }

  private long awaitLogged(PublishTarget target, long before, long arrived) {
    long logged = target.logged() - before;
    long last = logged;
    long since = System.nanoTime();
    while (logged < arrived && System.nanoTime() - since < timeout.toNanos()) {
      Pause.millis(LOOK_MILLIS);
      logged = target.logged() - before;
      if (logged > last) {
        last = logged;
        since = System.nanoTime();
      }
    }
    return logged;
  }

  private static long nowMicros() {
    return Micros.of(InstantSource.system());
  }

  private static ObjectNode node() {
    return PartProtocol.JSON.createObjectNode();
  }

  @Override
  public void close() {
    raw.close();
    producer.close();
    receiver.close();
  }
}
