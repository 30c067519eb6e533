package dev.hookferry.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.bench.figures.DeliveryTally;
import dev.hookferry.app.bench.load.PartProcess;
import dev.hookferry.app.bench.load.ReceiverProfile;
import dev.hookferry.app.bench.run.RunResult;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * A rival. Its jobs are prepared before it begins, and its time counts from the first arrival to
 * the last: neither its start nor the end of its last transactions is held against it.
 */
final class RivalRun implements Contender {
  private final String name;
  private final Race.Course course;
  private final FinishLine line;
  private final PartProcess process;

  RivalRun(String name, Path folder, Race.Course course, FinishLine line) {
    this.name = name;
    this.course = course;
    this.line = line;
    process = PartProcess.start(folder, RivalPart.class, name, course.heap());
    JsonNode unused =
        process.ask(
            "open", FinishLine.node().put("url", course.url()).put("workers", course.workers()));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Lap lap(int jobs, ReceiverProfile habit) {
    int run = line.open(habit);
    var take = line.scheme().writeTo(FinishLine.node());
    take.put("run", run).put("jobs", jobs).put("size", course.size()).set("ports", line.ports());
    JsonNode unusedTake = process.ask("take", take);
    JsonNode unusedStart = process.ask("start", FinishLine.node());
    line.await(jobs);
    JsonNode unusedStop = process.ask("stop", FinishLine.node());
    JsonNode arrivals = line.report();
    BitSet expected = new BitSet();
    expected.set(0, jobs);
    BitSet arrived = RunResult.bits(arrivals, "seen");
    DeliveryTally tally =
        DeliveryTally.of(expected, arrived, arrived.cardinality(), FinishLine.tooOften(arrivals));
    return Lap.of(tally, arrivals);
  }

  @Override
  public void close() {
    process.close();
  }
}
