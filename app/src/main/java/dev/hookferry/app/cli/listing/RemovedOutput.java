package dev.hookferry.app.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** What is printed as JSON where the API answers with nothing. */
public final class RemovedOutput {
  private RemovedOutput() {}

  public static JsonNode of(JsonNode answer, String id) {
    return answer.isMissingNode()
        ? JsonNodeFactory.instance.objectNode().put("removed", id)
        : answer;
  }
}
