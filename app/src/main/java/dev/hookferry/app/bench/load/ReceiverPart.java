package dev.hookferry.app.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The receivers, all in one process, with one address per endpoint; also a collector of spans, if
 * requested.
 */
final class ReceiverPart implements PartProtocol.RequestHandler {
  private final ReceiverLoop loop;
  private @Nullable SpanSink sink;

  ReceiverPart(InstantSource clock) throws IOException {
    loop = new ReceiverLoop(clock);
    Thread thread = new Thread(loop, "bench-receiver");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void handle(JsonNode request, ObjectNode reply) throws Exception {
    switch (request.path("do").asText()) {
      case "open" -> {
        ArrayNode ports = reply.putArray("ports");
        for (int port : loop.open(request.path("count").asInt())) {
          ports.add(port);
        }
      }
      case "expect" ->
          loop.runOnLoop(
              () ->
                  loop.expect(
                      new ReceivedEvents(
                          request.path("run").asInt(), SubscriptionScheme.of(request)),
                      ReceiverProfile.of(request.path("habit"))));
      case "count" -> loop.runOnLoop(() -> loop.arrivals().count(reply));
      case "report" -> loop.runOnLoop(() -> loop.arrivals().report(reply));
      case "collect" -> reply.put("url", collector().url());
      case "spans" -> reply.put("spans", Objects.requireNonNull(sink, "no collector").spans());
      default -> throw new IllegalArgumentException("unknown request: " + request);
    }
  }

  private SpanSink collector() throws IOException {
    SpanSink started = sink;
    if (started == null) {
      started = SpanSink.start();
      sink = started;
    }
    return started;
  }
}
