package dev.hookferry.app.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;

/** The producers, all in one process. */
final class ProducerPart implements PartDialogue.RequestHandler {
  private final InstantSource clock;

  ProducerPart(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void handle(JsonNode asked, ObjectNode into) throws Exception {
    try (ProducerLoop loop = new ProducerLoop(ProducerOrder.of(asked), clock)) {
      loop.run().writeTo(into);
    }
  }
}
