package dev.hookferry.app.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.wire.RequestShape;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import java.util.ArrayList;
import java.util.List;

/**
 * The task of the producers in one run.
 *
 * @param run the run's number
 * @param scheme the events to publish
 * @param ports the servers' ports; connections are spread over them
 * @param key the API key
 * @param clients the number of connections, each with one request at a time
 * @param shape the size of requests
 * @param millis the duration
 * @param rate events per second at fixed times, whatever the replies; 0 for as fast as replies
 *     arrive
 * @param maxEvents the maximum number of events
 */
public record ProducerTask(
    int run,
    SubscriptionScheme scheme,
    List<Integer> ports,
    String key,
    int clients,
    RequestShape shape,
    long millis,
    double rate,
    int maxEvents) {
  public static final int NO_END = Integer.MAX_VALUE;

  public ProducerTask {
    ports = List.copyOf(ports);
  }

  public static ProducerTask of(JsonNode node) {
    List<Integer> ports = new ArrayList<>();
    node.path("ports").forEach(port -> ports.add(port.asInt()));
    return new ProducerTask(
        node.path("run").asInt(),
        SubscriptionScheme.of(node),
        ports,
        node.path("key").asText(),
        node.path("clients").asInt(),
        new RequestShape(
            node.path("size").asInt(), node.path("batch").asInt(), node.path("members").asText()),
        node.path("millis").asLong(),
        node.path("rate").asDouble(),
        node.path("maxEvents").asInt());
  }

  public ObjectNode writeTo(ObjectNode node) {
    ArrayNode list = node.putArray("ports");
    ports.forEach(list::add);
    return scheme
        .writeTo(node)
        .put("run", run)
        .put("key", key)
        .put("clients", clients)
        .put("size", shape.size())
        .put("batch", shape.batch())
        .put("members", shape.members())
        .put("millis", millis)
        .put("rate", rate)
        .put("maxEvents", maxEvents);
  }

  /** Leaves out the key. */
  @Override
  public String toString() {
    return "run " + run + " of " + scheme;
  }
}
