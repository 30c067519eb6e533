package dev.hookferry.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.load.PartProtocol;
import dev.hookferry.app.bench.wire.EventMark;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import dev.hookferry.app.logging.Logs;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventType;
import dev.hookferry.rivals.DbSchedulerRival;
import dev.hookferry.rivals.Job;
import dev.hookferry.rivals.JobRunrRival;
import dev.hookferry.rivals.Rival;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The main class of a rival's process. */
public final class RivalPart implements PartProtocol.RequestHandler {
  static final String DB_SCHEDULER = "db-scheduler";
  static final String JOB_RUNR = "JobRunr";

  private final String name;
  private @Nullable Rival rival;

  private RivalPart(String name) {
    this.name = name;
  }

  /** Works until its input ends. */
  public static void main(String[] args) throws IOException {
    Logs.off();
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    PartProtocol.serve(System.in, out, new RivalPart(args[0]));
    System.exit(0);
  }

  @Override
  public void handle(JsonNode asked, ObjectNode into) throws Exception {
    if (rival == null) {
      rival = open(asked.path("url").asText(), asked.path("workers").asInt());
      return;
    }
    switch (asked.path("do").asText()) {
      case "take" -> take(rival, asked);
      case "start" -> rival.start();
      case "stop" -> rival.stop();
      default -> throw new IllegalArgumentException("unknown request: " + asked);
    }
  }

  private Rival open(String url, int workers) throws SQLException {
    return switch (name) {
      case DB_SCHEDULER -> new DbSchedulerRival(url, workers);
      case JOB_RUNR -> new JobRunrRival(url, workers);
      default -> throw new IllegalArgumentException("which rival? " + name);
    };
  }

  private static void take(Rival rival, JsonNode asked) {
    SubscriptionScheme scheme = SubscriptionScheme.of(asked);
    int run = asked.path("run").asInt();
    int size = asked.path("size").asInt();
    rival.take(
        IntStream.range(0, asked.path("jobs").asInt())
            .mapToObj(
                number -> {
                  int port = asked.path("ports").path(scheme.endpointOf(number)).asInt();
                  return new Job(
                      "http://127.0.0.1:" + port + "/bench",
                      body(new EventMark(run, number, 0), size, scheme));
                }));
  }

  /** The request that our server would send for the same event. */
  private static String body(EventMark mark, int size, SubscriptionScheme scheme) {
    byte[] digits = new byte[EventMark.LENGTH];
    mark.write(digits, 0);
    String start =
        EventMark.start() + new String(digits, StandardCharsets.US_ASCII) + "\",\"fill\":\"";
    String data = start + "x".repeat(Math.max(0, size - start.length() - 2)) + "\"}";
    EventType type = new EventType(scheme.type(scheme.endpointOf(mark.number())));
    return Envelope.DEFAULT.wrap(type, Instant.now(), Payload.of(data)).text();
  }
}
