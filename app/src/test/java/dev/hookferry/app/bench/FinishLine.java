package dev.hookferry.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.load.BenchPart;
import dev.hookferry.app.bench.load.PartProcess;
import dev.hookferry.app.bench.load.PartProtocol;
import dev.hookferry.app.bench.load.Pause;
import dev.hookferry.app.bench.load.ReceiverProfile;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import java.nio.file.Path;
import java.time.Duration;

/** The receivers, shared by all contenders. Not thread-safe. */
final class FinishLine implements AutoCloseable {
  private static final long LOOK_MILLIS = 10;

  private final SubscriptionScheme scheme;
  private final Duration patience;
  private final PartProcess receiver;
  private final ArrayNode ports = PartProtocol.JSON.createArrayNode();
  private int runs;

  FinishLine(Path folder, SubscriptionScheme scheme, Duration patience) {
    this.scheme = scheme;
    this.patience = patience;
    receiver = PartProcess.start(folder, BenchPart.RECEIVER, "512m");
    receiver.ask("open", node().put("count", scheme.endpoints())).path("ports").forEach(ports::add);
  }

  SubscriptionScheme scheme() {
    return scheme;
  }

  /** Returns the ports of the endpoints, in order. */
  ArrayNode ports() {
    return ports.deepCopy();
  }

  /** The number of a new run, whose arrivals are noted from now on. */
  int open(ReceiverProfile habit) {
    ObjectNode expect = scheme.writeTo(node()).put("run", ++runs);
    habit.writeTo(expect.putObject("habit"));
    JsonNode unused = receiver.ask("expect", expect);
    return runs;
  }

  /** Waits until so many have arrived, or nothing more comes. */
  void await(int expected) {
    long last = -1;
    long since = System.nanoTime();
    while (last < expected && System.nanoTime() - since < patience.toNanos()) {
      long arrived = receiver.ask("count", node()).path("arrived").asLong();
      since = arrived > last ? System.nanoTime() : since;
      last = arrived;
      Pause.millis(LOOK_MILLIS);
    }
  }

  /** Requests received in this run. */
  JsonNode report() {
    return receiver.ask("report", node());
  }

  /** How many of these arrivals were none of this run, or came before. */
  static long tooOften(JsonNode arrivals) {
    return arrivals.path("duplicates").asLong() + arrivals.path("unexpected").asLong();
  }

  Duration patience() {
    return patience;
  }

  static ObjectNode node() {
    return PartProtocol.JSON.createObjectNode();
  }

  @Override
  public void close() {
    receiver.close();
  }
}
