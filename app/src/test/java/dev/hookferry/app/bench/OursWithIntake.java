package dev.hookferry.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;

/**
 * Hookferry with nothing that lies ready: it takes the events in over HTTP while its time counts,
 * from the first publish until the last delivery is in the log.
 *
 * @param server of the race, which closes it
 */
record OursWithIntake(OurServer server, FinishLine line) implements Contender {
  @Override
  public String name() {
    return "Hookferry, with intake";
  }

  @Override
  public Lap lap(int jobs, Habit habit) {
    int run = line.open(habit);
    long before = server.logged();
    JsonNode answers = server.publish(run, jobs);
    line.await(RunResult.expected(answers, line.scheme(), habit).cardinality());
    JsonNode arrivals = line.report();
    Tally tally = server.tally(answers, arrivals, before, habit);
    long end = Micros.of(InstantSource.system());
    return new Lap(new RunResult(tally, answers, arrivals, jobs, end).perSecond(), tally);
  }

  @Override
  public void close() {}
}
