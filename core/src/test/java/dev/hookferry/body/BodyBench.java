package dev.hookferry.body;

import dev.hookferry.contract.support.Jmh;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.RunnerException;

/** Cost of a body. Run by name only, not with the tests. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BodyBench {
  private static final String TEMPLATE =
      """
      {"text":{"$concat":["License ",{"$pointer":"/data/ActivationKey"}," for ",
      {"$default":[{"$pointer":"/data/Customer/Name"},"nobody"]}]},
      "last":{"$pointer":"/data/Last"},"on":{"$date":[{"$pointer":"/time"},"dd.MM.yyyy"]},
      "items":{"$map":[{"$pointer":"/data/Items"},
      {"sku":{"$upper":{"$item":"/Sku"}},"n":{"$item":"/Quantity"}}]}}""";

  /** Bytes of the data. */
  @Param({"1024", "65536"})
  private int size = 1024;

  private final BodySettings template = BodySettings.template(TEMPLATE);
  private final BodySettings cloudEvent = BodySettings.of(BodyFormat.CLOUDEVENTS);
  private final BodySettings slack = BodySettings.of(BodyFormat.SLACK);
  private Event event = BodyEvents.of("{}");

  /** Makes data of which the template needs the first and the last member, and all between. */
  @Setup
  public void fill() {
    StringBuilder data = new StringBuilder("{\"ActivationKey\":\"K-7\",\"Items\":[");
    while (data.length() < size / 2) {
      data.append("{\"Sku\":\"a-").append(data.length()).append("\",\"Quantity\":1.10},");
    }
    data.append("{}]");
    while (data.length() < size - 30) {
      data.append(",\"Field").append(data.length()).append("\":\"some text\"");
    }
    event = BodyEvents.of(data.append(",\"Last\":1}").toString());
  }

  @Benchmark
  public MappedBody template() {
    return template.make(event, Envelope.DEFAULT);
  }

  @Benchmark
  public MappedBody cloudEvent() {
    return cloudEvent.make(event, Envelope.DEFAULT);
  }

  @Benchmark
  public MappedBody slack() {
    return slack.make(event, Envelope.DEFAULT);
  }

  @Test
  void measure() throws RunnerException {
    Jmh.run(getClass());
  }
}
