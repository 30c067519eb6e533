package dev.hookferry.app.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** JSON output for a deletion to which the API responds without a body. */
public final class RemovedOutput {
  private RemovedOutput() {}

  public static JsonNode of(JsonNode reply, String id) {
    return reply.isMissingNode() ? JsonNodeFactory.instance.objectNode().put("removed", id) : reply;
  }
}
