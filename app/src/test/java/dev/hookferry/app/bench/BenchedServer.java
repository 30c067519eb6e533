package dev.hookferry.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.access.KeyText;
import dev.hookferry.app.bench.figures.DeliveryTally;
import dev.hookferry.app.bench.load.BenchPart;
import dev.hookferry.app.bench.load.PartProcess;
import dev.hookferry.app.bench.load.Pause;
import dev.hookferry.app.bench.load.ProducerTask;
import dev.hookferry.app.bench.load.ReceiverProfile;
import dev.hookferry.app.bench.load.ServerSettings;
import dev.hookferry.app.bench.load.ServerUnderTest;
import dev.hookferry.app.bench.load.StoreAccess;
import dev.hookferry.app.bench.run.RunResult;
import dev.hookferry.app.bench.run.SubscriptionSetup;
import dev.hookferry.app.bench.wire.RequestShape;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.config.StoreConfig.InDatabase;
import dev.hookferry.app.config.StoreTables;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Hookferry as {@code serve} runs it, with a producer. Not thread-safe. */
final class BenchedServer implements AutoCloseable {
  private static final int CLIENTS = 64;
  private static final Duration MAX_TIME = Duration.ofMinutes(10);
  private static final long LOOK_MILLIS = 10;

  private final Race.Course course;
  private final FinishLine line;
  private final String key = KeyText.generate(new SecureRandom());
  private final ServerUnderTest server;
  private final PartProcess producer;

  BenchedServer(java.nio.file.Path folder, Race.Course course, FinishLine line) {
    this.course = course;
    this.line = line;
    StoreAccess store =
        new StoreAccess(new InDatabase(course.url(), null, null, StoreTables.DEFAULT));
    server =
        ServerUnderTest.start(
            folder.resolve("server"), store, key, course.heap(), ServerSettings.DEFAULTS);
    server.awaitReady();
    List<Integer> ports = new ArrayList<>();
    line.ports().forEach(port -> ports.add(port.asInt()));
    SubscriptionSetup.make(server.client(), line.scheme(), ports);
    producer = PartProcess.start(folder, BenchPart.PRODUCER, "512m");
  }

  /** Publishes this many events as fast as they are accepted, and returns their outcomes. */
  JsonNode publish(int run, int events) {
    ProducerTask task =
        new ProducerTask(
            run,
            line.scheme(),
            List.of(server.port()),
            key,
            CLIENTS,
            new RequestShape(course.size(), 1),
            MAX_TIME.toMillis(),
            0,
            events);
    return producer.ask("run", task.writeTo(FinishLine.node()));
  }

  /** Holds all deliveries, or lets them go, endpoint after endpoint. */
  void hold(boolean held) {
    String site = line.scheme().site(0);
    for (JsonNode endpoint : server.client().get(Path.ofSite(site, "endpoints")).path("data")) {
      JsonNode unused =
          server
              .client()
              .patch(
                  Path.ofSite(site, "endpoints", endpoint.path("id").asText()),
                  FinishLine.node().put("enabled", !held));
    }
  }

  /** How many deliveries are in the log. */
  long logged() {
    return server.metrics().logged();
  }

  /** Waits until all that arrived is in the log, and compares. */
  DeliveryTally tally(
      JsonNode answers, JsonNode arrivals, long loggedBefore, ReceiverProfile habit) {
    BitSet arrived = RunResult.bits(arrivals, "seen");
    long since = System.nanoTime();
    long logged = logged() - loggedBefore;
    while (logged < arrived.cardinality()
        && System.nanoTime() - since < line.patience().toNanos()) {
      Pause.millis(LOOK_MILLIS);
      logged = logged() - loggedBefore;
    }
    return DeliveryTally.of(
        RunResult.expected(answers, line.scheme(), habit),
        arrived,
        logged,
        FinishLine.tooOften(arrivals));
  }

  @Override
  public void close() {
    producer.close();
    server.close();
  }
}
