package dev.hookferry.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.bench.load.ReceiverProfile;
import dev.hookferry.app.bench.run.RunResult;

/**
 * Hookferry measured like the rivals: all deliveries are prepared and then released, and the time
 * counts from the first arrival to the last.
 *
 * @param server of the race, which closes it
 */
record PreloadedHookferry(BenchedServer server, FinishLine line) implements Contender {
  @Override
  public String name() {
    return "Hookferry, ready";
  }

  @Override
  public Lap lap(int jobs, ReceiverProfile habit) {
    int run = line.open(habit);
    long before = server.logged();
    server.hold(true);
    JsonNode answers = server.publish(run, jobs);
    server.hold(false);
    line.await(RunResult.expected(answers, line.scheme(), habit).cardinality());
    JsonNode arrivals = line.report();
    return Lap.of(server.tally(answers, arrivals, before, habit), arrivals);
  }

  @Override
  public void close() {}
}
