package dev.hookferry.app.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;

/** The producers, all in one process. */
final class ProducerPart implements PartProtocol.RequestHandler {
  private final InstantSource clock;

  ProducerPart(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void handle(JsonNode request, ObjectNode reply) throws Exception {
    try (ProducerLoop loop = new ProducerLoop(ProducerTask.of(request), clock)) {
      loop.run().writeTo(reply);
    }
  }
}
