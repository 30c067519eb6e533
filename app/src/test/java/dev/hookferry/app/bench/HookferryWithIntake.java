package dev.hookferry.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.bench.figures.DeliveryTally;
import dev.hookferry.app.bench.load.ReceiverProfile;
import dev.hookferry.app.bench.run.RunResult;
import dev.hookferry.app.bench.wire.Micros;
import java.time.InstantSource;

/**
 * Hookferry without prepared deliveries: it accepts the events over HTTP while its time counts,
 * from the first publish until the last delivery is in the log.
 *
 * @param server of the race, which closes it
 */
record HookferryWithIntake(BenchedServer server, FinishLine line) implements Contender {
  @Override
  public String name() {
    return "Hookferry, with intake";
  }

  @Override
  public Lap lap(int jobs, ReceiverProfile habit) {
    int run = line.open(habit);
    long before = server.logged();
    JsonNode answers = server.publish(run, jobs);
    line.await(RunResult.expected(answers, line.scheme(), habit).cardinality());
    JsonNode arrivals = line.report();
    DeliveryTally tally = server.tally(answers, arrivals, before, habit);
    long end = Micros.of(InstantSource.system());
    return new Lap(new RunResult(tally, answers, arrivals, jobs, end).perSecond(), tally);
  }

  @Override
  public void close() {}
}
